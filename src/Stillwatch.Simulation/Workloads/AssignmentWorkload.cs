using Stillwatch.Simulation.Grammar;
using Stillwatch.Simulation.Planning;
using Stillwatch.Simulation.Randomness;
using Stillwatch.Simulation.Traffic;

namespace Stillwatch.Simulation.Workloads;

/// <summary>
/// Students of a class: the exercises of the day, word for word or with a few words of one's own, and questions about them.
/// </summary>
internal sealed class AssignmentWorkload(PromptComposer prompts) : Workload
{
    private const int Exercises = 5;
    private const double VerbatimShare = 0.5;
    private const long MsPerDay = DayWeights.SecondsPerDay * 1000L;

    private readonly Phrases _phrases = Phrases.Shared;

    public override void Compose(in AccountPlan account, in Exchange exchange, RequestDraft draft)
    {
        var student = PromptComposer.VoiceOf(account);
        var key = RandomStream.Derive(account.Key, StreamPurpose.Content, exchange.Unit);
        draft.User(Exercise(account, student, exchange, key));
        var course = Course(account.GroupKey);
        for (var turn = 1; turn <= exchange.Turn; turn++)
        {
            var turnKey = RandomStream.Derive(key, StreamPurpose.Content, (ulong)turn);
            draft.Assistant(prompts.Answer(course, turnKey));
            draft.User(prompts.FollowUp(course with { Habits = student.Habits }, turnKey));
        }
    }

    private ReadOnlyMemory<byte> Exercise(in AccountPlan account, in Voice student, in Exchange exchange, ulong key)
    {
        var draw = new RandomStream(key, StreamPurpose.Assignment);
        var set = RandomStream.Derive(account.GroupKey, StreamPurpose.Content, (ulong)(exchange.TimeMs / MsPerDay));
        var verbatim = draw.Chance(VerbatimShare);
        if (!verbatim)
        {
            prompts.Append(_phrases.StudentBefore, student, key);
        }

        prompts.Append(_phrases.Assignment, Course(account.GroupKey), set + (ulong)draw.Below(Exercises));
        if (!verbatim)
        {
            prompts.Append(_phrases.StudentAfter, student, key + 1);
            prompts.Trim();
            TypingHabits.Apply(prompts.Writer, 0);
        }

        return prompts.Writer.Take();
    }

    private static Voice Course(ulong key) => Voice.Of(key, (int)(key % (ulong)Lexicon.Shared.Topics.Count));
}
