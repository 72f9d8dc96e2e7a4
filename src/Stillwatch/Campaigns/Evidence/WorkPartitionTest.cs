using System.Runtime.InteropServices;
using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>
/// Whether members that ask about the same things divide the list among them. A class with one assignment, strangers who run one
/// benchmark or pass popular prompts around draw from a common list and so meet often; workers of one operator hardly ever
/// do, because each item is paid for once.
/// </summary>
/// <remarks>
/// Null hypothesis: members draw independently from one list of at most <see cref="LongestCommonList"/> prompts. Then two draws
/// coincide with probability Σp² ≥ 1/L, whatever the list's shape, so few coincidences between parties are improbable. Their
/// number is a sum over pairs that only depend on each other through clumps, which make many coincidences likelier and few
/// rarer, so the lower Poisson tail with mean pairs/L is a conservative p-value. Accounts that go through the whole list in
/// order coincide more still.
/// </remarks>
internal static class WorkPartitionTest
{
    /// <summary>The longest common list considered: longer than the test sets and courses that people run as a whole.</summary>
    public const int LongestCommonList = 20_000;

    /// <summary>Shorter prompts (a thank-you, "go on") coincide by themselves.</summary>
    private const int MinWords = 4;

    /// <summary>Tests a group.</summary>
    public static WorkPartition Test(IReadOnlyList<MemberObservation> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        var senders = new Dictionary<ulong, Dictionary<int, int>>();
        var byParty = new Dictionary<int, int>();
        var total = 0;
        foreach (var member in members)
        {
            foreach (var prompt in member.Prompts.Where(prompt => prompt.Words.Length >= MinWords))
            {
                var parties = CollectionsMarshal.GetValueRefOrAddDefault(senders, prompt.Prompt, out _) ??= [];
                CollectionsMarshal.GetValueRefOrAddDefault(parties, member.Party, out _)++;
                CollectionsMarshal.GetValueRefOrAddDefault(byParty, member.Party, out _)++;
                total++;
            }
        }

        var expected = CrossPairs(byParty.Values, total) / (double)LongestCommonList;
        var coincidences = senders.Values.Where(parties => parties.Count > 1)
            .Sum(parties => CrossPairs(parties.Values, parties.Values.Sum()));
        return new WorkPartition(total, coincidences, expected, PoissonTail.AtMost(coincidences, expected));
    }

    private static long CrossPairs(IEnumerable<int> counts, long total)
    {
        var same = 0L;
        foreach (var count in counts)
        {
            same += (long)count * count;
        }

        return ((total * total) - same) / 2;
    }
}
