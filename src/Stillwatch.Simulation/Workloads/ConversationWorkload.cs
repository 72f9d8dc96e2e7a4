using Stillwatch.Simulation.Grammar;
using Stillwatch.Simulation.Planning;
using Stillwatch.Simulation.Randomness;
using Stillwatch.Simulation.Traffic;

namespace Stillwatch.Simulation.Workloads;

/// <summary>A person in conversation: every request carries the conversation so far, of long ones the end.</summary>
internal sealed class ConversationWorkload(PromptComposer prompts) : Workload
{
    private const int RememberedTurns = 4;

    public override void Compose(in AccountPlan account, in Exchange exchange, RequestDraft draft)
    {
        var conversation = RandomStream.Derive(account.Key, StreamPurpose.Content, exchange.Unit);
        Converse(PromptComposer.VoiceOf(account), conversation, exchange.Turn, draft);
    }

    /// <summary>Writes the messages of a conversation up to a turn.</summary>
    /// <param name="speaker">Who talks to the model.</param>
    /// <param name="key">The conversation.</param>
    /// <param name="turn">Which of its requests this is.</param>
    /// <param name="draft">Gets the messages.</param>
    public void Converse(in Voice speaker, ulong key, int turn, RequestDraft draft)
    {
        var voice = speaker.OnOneTopic(key);
        for (var past = Math.Max(0, turn - RememberedTurns); past < turn; past++)
        {
            draft.User(Said(voice, key, past));
            draft.Assistant(prompts.Answer(voice, RandomStream.Derive(key, StreamPurpose.Reply, (ulong)past)));
        }

        draft.User(Said(voice, key, turn));
    }

    private ReadOnlyMemory<byte> Said(in Voice voice, ulong key, int turn) => turn == 0
        ? prompts.Opening(voice, key)
        : prompts.FollowUp(voice, RandomStream.Derive(key, StreamPurpose.Content, (ulong)turn));
}
