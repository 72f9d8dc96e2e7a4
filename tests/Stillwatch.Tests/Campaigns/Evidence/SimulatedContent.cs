using Stillwatch.Campaigns.Evidence;
using Stillwatch.Sketching;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Campaigns.Evidence;

/// <summary>How the prompts of a simulated group come about.</summary>
/// <param name="Members">Members.</param>
/// <param name="FewestPrompts">The fewest prompts of a member.</param>
/// <param name="MostPrompts">The most.</param>
/// <param name="WordsPerPrompt">Content words of a prompt, those of the template not counted.</param>
/// <param name="OwnShare">Share of a member's prompts that are about its own topic; the others are about any.</param>
/// <param name="Topics">How many topics there are.</param>
internal sealed record SimulatedContent(
    int Members, int FewestPrompts, int MostPrompts, int WordsPerPrompt, double OwnShare, int Topics = 90)
{
    private const int WordsPerTopic = 120;
    private const int TemplateWords = 4;
    private const long DayMs = 24L * 60 * 60 * 1000;
    private static readonly ZipfLaw Popularity = new(WordsPerTopic, 0.7);

    /// <summary>Members with topics of their own, as far as <see cref="OwnShare"/> goes.</summary>
    public List<MemberObservation> Draw(ref SeededGenerator generator)
    {
        var members = new List<MemberObservation>(Members);
        for (var member = 0; member < Members; member++)
        {
            members.Add(Member(member, generator.Next(Topics), ref generator));
        }

        return members;
    }

    /// <summary>One member with a topic.</summary>
    public MemberObservation Member(int index, int topic, ref SeededGenerator generator)
    {
        var prompts = new PromptObservation[FewestPrompts + generator.Next(MostPrompts - FewestPrompts + 1)];
        for (var i = 0; i < prompts.Length; i++)
        {
            var own = generator.NextDouble() < OwnShare;
            prompts[i] = Prompt(i * DayMs, own ? topic : generator.Next(Topics), ref generator);
        }

        return new(index, index, prompts);
    }

    /// <summary>Words of the topic, some of them popular, and those of the template that all members use.</summary>
    private PromptObservation Prompt(long time, int topic, ref SeededGenerator generator)
    {
        var words = new SortedSet<uint>();
        for (var i = 0; i < TemplateWords; i++)
        {
            words.Add((uint)i);
        }

        while (words.Count < TemplateWords + WordsPerPrompt)
        {
            words.Add((uint)(1_000 + (topic * WordsPerTopic) + Popularity.Draw(ref generator)));
        }

        return new(time, generator.NextUInt64(), 0, [.. words], Elicitation.None);
    }
}
