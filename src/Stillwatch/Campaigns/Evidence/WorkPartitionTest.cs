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
/// and again whatever the item. Each party's items count once. Prompts that began something and follow-ups are compared among themselves,
/// as stores of older versions know them by different fingerprints. A conversation is the item of who began it: where one party goes on
/// with what another has begun, that is no second draw of the same item, as strangers never hold each other's conversations. Whose
/// beginning nobody shows counts for all who go on with it. Null hypothesis: members draw independently from one list of at most
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
        foreach (var (party, prompt) in Prompts(members).Where(static sent => sent.Prompt.Opening == 0))
        {
            single.Add(prompt.Prompt, party);
        }

        foreach (var (party, prompt) in Prompts(members).Where(static sent => sent.Prompt.Opening != 0))
        {
            if (single.SentBy(prompt.Opening) is not { } beginners || beginners.Contains(party))
            {
                conversations.Add(prompt.Opening, party);
            }
        }

        var expected = (single.Pairs + conversations.Pairs) / (double)LongestCommonList;
        var coincidences = single.Coincidences + conversations.Coincidences;
        return new WorkPartition(single.Items + conversations.Items, coincidences, expected, PoissonTail.AtMost(coincidences, expected));
    }

    private static IEnumerable<(int Party, PromptObservation Prompt)> Prompts(IReadOnlyList<MemberObservation> members) =>
        members.SelectMany(static member => member.Prompts, static (member, prompt) => (member.Party, Prompt: prompt))
            .Where(static sent => sent.Prompt.Words.Length >= MinWords);

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

        /// <summary>The parties that sent an item; null if none did.</summary>
        public HashSet<int>? SentBy(ulong item) => _senders.GetValueOrDefault(item);

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
