using System.Runtime.InteropServices;
using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>
/// Whether members that ask about the same things divide the list among them. A class with one assignment, strangers who run one
/// benchmark or pass popular prompts around draw from a common list and so meet often; workers of one operator hardly ever
/// do, because each item is paid for once.
/// </summary>
/// <remarks>
/// What is divided are items: a conversation is one, known by its first prompt, because what follows ("now write the tests") comes again
/// and again whatever the item. Each party's items count once. First prompts and follow-ups are compared among themselves, as they
/// are known by different fingerprints. Null hypothesis: members draw independently from one list of at most
/// <see cref="LongestCommonList"/> items. Then two draws
/// coincide with probability Σp² ≥ 1/L, whatever the list's shape, so few coincidences between parties are improbable. Their
/// number is a sum over pairs that only depend on each other through clumps, which make many coincidences likelier and few
/// rarer, so the lower Poisson tail with mean pairs/L is a conservative p-value. Accounts that go through the whole list in
/// order coincide more still.
/// </remarks>
internal static class WorkPartitionTest
{
    /// <summary>
    /// The longest common list considered, of which members have taken no more than they show. A member of whom 64 items are shown and who
    /// has taken 500 has drawn from a list of at most 40,000.
    /// </summary>
    public const int LongestCommonList = 5_000;

    /// <summary>Shorter prompts (a thank-you, "go on") coincide by themselves.</summary>
    private const int MinWords = 4;

    /// <summary>Tests a group.</summary>
    public static WorkPartition Test(IReadOnlyList<MemberObservation> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        var (single, conversations) = (new ItemTally(), new ItemTally());
        foreach (var member in members)
        {
            foreach (var prompt in member.Prompts.Where(prompt => prompt.Words.Length >= MinWords))
            {
                var isFollowUp = prompt.Opening != 0;
                (isFollowUp ? conversations : single).Add(isFollowUp ? prompt.Opening : prompt.Prompt, member.Party);
            }
        }

        var expected = (single.Pairs + conversations.Pairs) / (double)LongestCommonList;
        var coincidences = single.Coincidences + conversations.Coincidences;
        return new WorkPartition(single.Items + conversations.Items, coincidences, expected, PoissonTail.AtMost(coincidences, expected));
    }

    /// <summary>Items of one kind and who sent them, each once a party.</summary>
    private sealed class ItemTally
    {
        private readonly Dictionary<ulong, HashSet<int>> _senders = [];
        private readonly Dictionary<int, int> _byParty = [];

        public int Items { get; private set; }

        /// <summary>Pairs of items of different parties.</summary>
        public long Pairs => (((long)Items * Items) - _byParty.Values.Sum(static count => (long)count * count)) / 2;

        /// <summary>Of these, pairs of the same item.</summary>
        public long Coincidences => _senders.Values.Sum(static parties => (long)parties.Count * (parties.Count - 1) / 2);

        public void Add(ulong item, int party)
        {
            if ((CollectionsMarshal.GetValueRefOrAddDefault(_senders, item, out _) ??= []).Add(party))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_byParty, party, out _)++;
                Items++;
            }
        }
    }
}
