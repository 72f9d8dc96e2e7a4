using Stillwatch.Simulation.Planning;
using Stillwatch.Simulation.Randomness;
using Stillwatch.Simulation.Traffic;

namespace Stillwatch.Simulation.Workloads;

/// <summary>Jobs of templated labelling, questions and summaries; a job keeps to one template, and an owner to a few.</summary>
internal sealed class BatchWorkload(PromptComposer prompts, Wrapper wrappers) : Workload
{
    private const int MaxTemplates = 5;
    private const double ElicitingShare = 0.12;

    private readonly Phrases _phrases = Phrases.Shared;

    public override void Compose(in AccountPlan account, in Exchange exchange, RequestDraft draft)
    {
        var voice = PromptComposer.VoiceOf(account.GroupKey);
        var owner = new RandomStream(account.GroupKey, StreamPurpose.Template);
        var eliciting = owner.Chance(ElicitingShare);
        var job = new RandomStream(account.Key, StreamPurpose.Assignment, exchange.Unit);
        var template = RandomStream.Derive(account.GroupKey, StreamPurpose.Template, 1 + (ulong)job.Zipf(owner.Between(1, MaxTemplates)));
        var content = RandomStream.Derive(account.Key, StreamPurpose.Content, exchange.Ordinal);
        if (eliciting)
        {
            wrappers.Elicit(template, voice, content, draft);
            return;
        }

        var shape = new RandomStream(template, StreamPurpose.Assignment);
        prompts.Append(_phrases.BatchBefore, voice, template);
        prompts.Append(_phrases.LabelHead, voice, template + 1);
        prompts.AppendUntil(_phrases.Records[shape.Below(_phrases.Records.Length)], voice, content, (shape.LogNormal(180, 0.7), 0.5));
        prompts.Trim();
        prompts.Append(_phrases.AppAfter, voice, template + 2);
        prompts.Trim();
        draft.User(prompts.Writer.Take());
        draft.Expect(shape.LogNormal(30, 1.1), 0.4);
    }
}
