using Stillwatch.Simulation.Planning;
using Stillwatch.Simulation.Randomness;
using Stillwatch.Simulation.Traffic;

namespace Stillwatch.Simulation.Workloads;

/// <summary>Somebody else's tool in the hands of a stranger: the tool's frame around the user's own content.</summary>
internal sealed class ToolWorkload(PromptComposer prompts) : Workload
{
    private const double SelectionMedianBytes = 260;
    private const double SelectionSigma = 0.9;

    private readonly Phrases _phrases = Phrases.Shared;

    public override void Compose(in AccountPlan account, in Exchange exchange, RequestDraft draft)
    {
        var tool = PromptComposer.VoiceOf(account.GroupKey);
        draft.System = prompts.Phrase(_phrases.ToolSystem, tool, account.GroupKey);
        var voice = PromptComposer.VoiceOf(account);
        var key = RandomStream.Derive(account.Key, StreamPurpose.Content, ((ulong)exchange.Unit << 16) | (uint)exchange.Turn);
        prompts.Append(_phrases.ToolBefore, tool, account.GroupKey + 1);
        prompts.AppendUntil(_phrases.Prose[voice.Language], voice, key, (SelectionMedianBytes, SelectionSigma));
        prompts.Trim();
        prompts.Append(_phrases.ToolAfter, tool, account.GroupKey + 2);
        var start = prompts.Writer.Length;
        prompts.Append(_phrases.ToolWish, voice, key + 1);
        TypingHabits.Apply(prompts.Writer, start);
        draft.User(prompts.Writer.Take());
    }
}
