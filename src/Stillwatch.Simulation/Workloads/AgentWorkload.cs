using Stillwatch.Simulation.Grammar;
using Stillwatch.Simulation.Planning;
using Stillwatch.Simulation.Randomness;
using Stillwatch.Simulation.Traffic;

namespace Stillwatch.Simulation.Workloads;

/// <summary>
/// Coding agents and pipelines: a task, then tool calls with their results. Two thirds run one of a few well-known products
/// and share its prompt and tools.
/// </summary>
internal sealed class AgentWorkload(PromptComposer prompts, ulong seed) : Workload
{
    private const int Products = 12;
    private const double ProductShare = 2 / 3.0;
    private const int RememberedSteps = 2;

    private readonly Phrases _phrases = Phrases.Shared;
    private readonly ToolNames _tools = ToolNames.Shared;

    public override void Compose(in AccountPlan account, in Exchange exchange, RequestDraft draft)
    {
        var owner = new RandomStream(account.GroupKey, StreamPurpose.Template);
        var product = owner.Chance(ProductShare)
            ? RandomStream.Derive(seed, StreamPurpose.Template, (1UL << 32) | (uint)owner.Zipf(Products))
            : account.GroupKey;
        draft.System = prompts.Phrase(_phrases.AgentSystem, PromptComposer.VoiceOf(product), product);
        draft.Tools = _tools.Of(product);
        var voice = PromptComposer.VoiceOf(account.GroupKey);
        Work(voice, RandomStream.Derive(account.Key, StreamPurpose.Content, exchange.Unit), exchange.Turn, draft);
        draft.CallsTool = new RandomStream(account.Key, StreamPurpose.Reply, exchange.Ordinal).Chance(0.85);
        draft.Expect(90, 0.8);
    }

    private void Work(in Voice voice, ulong key, int turn, RequestDraft draft)
    {
        draft.User(prompts.Phrase(_phrases.AgentTask, voice, key));
        for (var past = Math.Max(0, turn - RememberedSteps); past < turn; past++)
        {
            draft.Assistant(prompts.Phrase(_phrases.AgentStep, voice, RandomStream.Derive(key, StreamPurpose.Reply, (ulong)past)));
            draft.ToolResult(prompts.Phrase(_phrases.ToolResult, voice, RandomStream.Derive(key, StreamPurpose.Content, (ulong)past)));
        }
    }
}
