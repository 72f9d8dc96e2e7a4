using Stillwatch.Simulation.Grammar;
using Stillwatch.Simulation.Planning;
using Stillwatch.Simulation.Randomness;
using Stillwatch.Simulation.Traffic;

namespace Stillwatch.Simulation.Workloads;

/// <summary>
/// An organisation's application: one to four prompt templates of its own (a fifth of all templates are public ones, used by
/// many) around content that is new each time, or a chat of the organisation's customers under its system prompt. Some ask for
/// reasoning or grades, in the same words as campaigns do.
/// </summary>
internal sealed class ApplicationWorkload(PromptComposer prompts, ConversationWorkload conversations, Wrapper wrappers, ulong seed)
    : Workload
{
    private const int PublicTemplates = 300;
    private const double PublicShare = 0.2;
    private const double ChatShare = 0.25;
    private const double ElicitingShare = 0.05;
    private const double SystemShare = 0.6;

    private readonly Phrases _phrases = Phrases.Shared;

    public override void Compose(in AccountPlan account, in Exchange exchange, RequestDraft draft)
    {
        var content = RandomStream.Derive(account.Key, StreamPurpose.Content, ((ulong)exchange.Unit << 16) | (uint)exchange.Turn);
        var application = new RandomStream(account.GroupKey, StreamPurpose.Template);
        var voice = PromptComposer.VoiceOf(account.GroupKey);
        if (application.Chance(ChatShare))
        {
            draft.System = prompts.Phrase(_phrases.SystemPrompt, voice, account.GroupKey);
            var customer = voice with { Language = account.Language, Habits = HabitsOf(content) };
            conversations.Converse(customer, RandomStream.Derive(account.Key, StreamPurpose.Content, exchange.Unit), exchange.Turn, draft);
            return;
        }

        var eliciting = application.Chance(ElicitingShare);
        var templates = application.Between(1, 4);
        var template = Template(account.GroupKey, new RandomStream(content, StreamPurpose.Template).Zipf(templates));
        Frame(template, voice, content, eliciting, draft);
    }

    /// <summary>Writes one request of a template.</summary>
    private void Frame(ulong template, in Voice voice, ulong content, bool eliciting, RequestDraft draft)
    {
        var shape = new RandomStream(template, StreamPurpose.Template);
        var record = _phrases.Records[shape.Below(_phrases.Records.Length)];
        var length = (shape.LogNormal(260, 0.6), shape.Uniform(0.2, 0.8));
        if (shape.Chance(SystemShare))
        {
            draft.System = prompts.Phrase(_phrases.SystemPrompt, voice, template);
        }

        if (eliciting)
        {
            wrappers.Elicit(template, voice, content, draft);
            return;
        }

        prompts.Append(_phrases.AppBefore, voice, template + 1);
        prompts.AppendUntil(record, voice, content, length);
        prompts.Trim();
        prompts.Append(_phrases.AppAfter, voice, template + 2);
        prompts.Trim();
        draft.User(prompts.Writer.Take());
        draft.Expect(shape.LogNormal(120, 0.9), 0.5);
    }

    private ulong Template(ulong groupKey, int number)
    {
        var stream = new RandomStream(groupKey, StreamPurpose.Template, 1 + (ulong)number);
        return stream.Chance(PublicShare)
            ? RandomStream.Derive(seed, StreamPurpose.Template, (ulong)stream.Zipf(PublicTemplates))
            : stream.Next();
    }

    private static VoiceHabits HabitsOf(ulong key) => (VoiceHabits)(key & (key >> 8) & 15);
}
