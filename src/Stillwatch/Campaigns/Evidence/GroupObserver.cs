using Stillwatch.Coordination;
using Stillwatch.Sketching;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>Makes observations of groups: draws the sample of members, and keeps of their prompts those sent as members.</summary>
/// <remarks>
/// A prompt is sent as a member if it carries something typical of the group; what an account sends besides (cover traffic, other
/// customers of a reseller) neither helps nor hurts. Groups found by their infrastructure have no typical wording, so all prompts
/// count. Every group is screened with a small sample; only where that does not speak against divided work, a large one is worth reading.
/// </remarks>
internal sealed class GroupObserver
{
    private readonly SharingGraph _graph;

    /// <param name="graph">The graph in which the groups were found.</param>
    public GroupObserver(SharingGraph graph) => _graph = graph;

    /// <summary>The members that are sampled: one a party, drawn by identity, which no member can choose.</summary>
    public IReadOnlyList<int> Sample(CandidateGroup group, SampleSize size) => group.Members
        .OrderBy(member => XxHash64.Avalanche(_graph.IdentityOf(member)))
        .DistinctBy(_graph.PartyOf)
        .Take(size.Members).ToList();

    /// <summary>Observes a group, given the stored prompts of its sampled members.</summary>
    public GroupObservation Observe(CandidateGroup group, SampleSize size, Func<int, IReadOnlyList<PromptRow>> promptsOf)
    {
        var members = ObserveAccounts(group, Sample(group, size), size, promptsOf);
        var seed = Seed(group);
        var (content, each) = ContentExchangeabilityTest.Test(members, seed);
        return new GroupObservation(group, members, content, WorkPartitionTest.Test(members), seed) { Interchangeable = each };
    }

    /// <summary>What some accounts sent as members of a group.</summary>
    public IReadOnlyList<MemberObservation> ObserveAccounts(
        CandidateGroup group, IEnumerable<int> accounts, SampleSize size, Func<int, IReadOnlyList<PromptRow>> promptsOf)
    {
        var core = group.Core.Select(value => _graph.Value(value.Value)).ToLookup(value => value.Kind, value => value.Hash);
        var (phrases, systems, tools) = (
            core[SharedValueKind.Phrase].ToHashSet(),
            core[SharedValueKind.SystemPrompt].ToHashSet(),
            core[SharedValueKind.ToolSet].ToHashSet());
        var anything = group.View == SharingView.Infrastructure;
        return accounts.Select(account => new MemberObservation(
            account,
            _graph.PartyOf(account),
            promptsOf(account).Where(IsMembers).Take(size.Prompts).Select(Observation).ToList())).ToList();

        bool IsMembers(PromptRow row) =>
            anything || row.Phrases.Any(phrases.Contains) || systems.Contains(row.System) || tools.Contains(row.Tools);
    }

    private static PromptObservation Observation(PromptRow row) =>
        new(row.ObservedAtMs, row.Prompt, row.Opening, row.Words, row.Elicitation);

    private ulong Seed(CandidateGroup group)
    {
        var seed = (ulong)group.View;
        foreach (var hash in group.Core.Select(core => _graph.Value(core.Value).Hash).Order())
        {
            seed = XxHash64.Combine(seed, hash);
        }

        return seed;
    }
}
