using Stillwatch.Simulation.Grammar;
using Stillwatch.Simulation.Planning;
using Stillwatch.Simulation.Randomness;
using Stillwatch.Simulation.Scenarios;
using Stillwatch.Simulation.Traffic;

namespace Stillwatch.Simulation.Workloads;

/// <summary>
/// A campaign's work list: numbered items, spread evenly over the topics and kinds of a capability, each belonging to one account. The text
/// of an item depends on the campaign and its number only, so a request made twice is an exact duplicate.
/// </summary>
internal sealed class WorkList
{
    private const int Wrappers = 10_000;
    private const double UnusedMargin = 1.5;

    private readonly SimulationPlan _plan;
    private readonly CampaignPlan _campaign;
    private readonly CampaignOptions _options;
    private readonly PromptKind[] _kinds;

    public WorkList(SimulationPlan plan, CampaignPlan campaign)
    {
        (_plan, _campaign, _options) = (plan, campaign, campaign.Scenario.Options);
        _kinds = [.. _options.Kinds.Count > 0 ? _options.Kinds : Fitting(_options.Capability)];
    }

    /// <summary>
    /// The item an exchange asks for: one of its account's own, or for a share of them one that was asked before, mostly by the same
    /// account.
    /// </summary>
    public long ItemOf(in AccountPlan account, in Exchange exchange)
    {
        for (var unit = exchange.Unit; ; unit--)
        {
            var stream = new RandomStream(account.Key, StreamPurpose.Retry, unit);
            if (unit == 0 || !stream.Chance(_options.RetryShare))
            {
                return account.FirstItem + unit;
            }

            if (stream.Chance(_options.RetryElsewhere))
            {
                return Elsewhere(ref stream);
            }
        }
    }

    /// <summary>What the item is made of.</summary>
    public WrappedItem Describe(long item)
    {
        var content = RandomStream.Derive(_campaign.Key, StreamPurpose.Content, (ulong)item);
        var varied = RandomStream.Derive(_campaign.Key, StreamPurpose.Wrapper, content % Wrappers);
        var wrapper = _options.Paraphrase == 0 ? _campaign.Key : varied;
        var layout = _options.Paraphrase == 2 ? varied : _campaign.Key;
        var kind = _kinds[Stratum(item) % _kinds.Length];
        return new WrappedItem(_options.Capability, kind, wrapper, content, layout, _options.Paraphrase == 2);
    }

    /// <summary>The voice an item is written in: its topic by its number, words from the whole vocabulary.</summary>
    public Voice VoiceOf(long item)
    {
        var key = RandomStream.Derive(_campaign.Key, StreamPurpose.Voice, (ulong)item);
        return Voice.Of(key, Stratum(item) / _kinds.Length) with { EvenWords = true };
    }

    // Consecutive items fall into different strata, so every account's row of items covers the capability.
    private int Stratum(long item)
    {
        var strata = _kinds.Length * Lexicon.Shared.Topics.Count;
        var step = strata % 29 == 0 ? 31 : 29;
        return (int)(((item * step) + (long)(_campaign.Key % (ulong)strata)) % strata);
    }

    private long Elsewhere(ref RandomStream stream)
    {
        ref readonly var other = ref _plan.Accounts[_campaign.FirstAccount + stream.Below(_campaign.Accounts)];
        return other.FirstItem + stream.Below(Math.Max(1, (int)(other.Volume / (UnusedMargin * _options.Turns))));
    }

    private static PromptKind[] Fitting(Capability capability) => capability switch
    {
        Capability.Reasoning => [PromptKind.Math, PromptKind.Logic, PromptKind.Science, PromptKind.Code],
        Capability.Rubric => [PromptKind.Writing, PromptKind.Science, PromptKind.Math, PromptKind.Code],
        Capability.Agentic => [PromptKind.Tools, PromptKind.Code],
        Capability.Rewriting => [PromptKind.Politics],
        _ => [PromptKind.Writing, PromptKind.Science, PromptKind.Figures, PromptKind.Code],
    };
}
