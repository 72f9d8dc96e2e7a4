using Stillwatch.Simulation.Planning;
using Stillwatch.Simulation.Randomness;
using Stillwatch.Simulation.Scenarios;
using Stillwatch.Simulation.Traffic;

namespace Stillwatch.Simulation.Workloads;

/// <summary>An account of a campaign: wrapped items of the work list, their follow-ups, and whatever traffic covers them.</summary>
internal sealed class HarvestWorkload(SimulationPlan plan, PromptComposer prompts, Wrapper wrappers, ResaleWorkload cover) : Workload
{
    private const int RememberedTurns = 3;

    private readonly WorkList[] _lists = [.. plan.Campaigns.Select(campaign => new WorkList(plan, campaign))];
    private readonly Phrases _phrases = Phrases.Shared;

    public override void Compose(in AccountPlan account, in Exchange exchange, RequestDraft draft)
    {
        if (exchange.IsCover)
        {
            cover.Compose(account, exchange, draft);
            return;
        }

        var list = _lists[account.Campaign];
        var number = list.ItemOf(account, exchange);
        var item = list.Describe(number);
        var voice = list.VoiceOf(number);
        wrappers.Compose(item, voice, draft);
        for (var turn = Math.Max(1, exchange.Turn - RememberedTurns); turn <= exchange.Turn; turn++)
        {
            var key = RandomStream.Derive(item.ContentKey, StreamPurpose.Content, (ulong)turn);
            draft.Assistant(prompts.Answer(voice, key));
            draft.User(prompts.Phrase(_phrases.ItemFollowUp, voice, key));
        }

        draft.Tools = item.Capability == Capability.Agentic ? ToolNames.Shared.Of(item.LayoutKey) : [];
        draft.Expect(item.Capability switch { Capability.Rubric => 130, Capability.Rewriting => 320, _ => 780 }, 0.5);
    }
}
