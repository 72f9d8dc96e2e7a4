using Stillwatch.Campaigns.Evidence;
using Stillwatch.Sketching;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Campaigns.Evidence;

/// <summary>Members of simulated groups, each with prompts drawn by a rule.</summary>
internal static class SimulatedGroup
{
    private const long DayMs = 24L * 60 * 60 * 1000;
    private static readonly uint[] FourWords = [1, 2, 3, 4];

    internal delegate ulong DrawPrompt(int member, int index, ref SeededGenerator generator);

    /// <summary>Members with prompts of which only the identity matters.</summary>
    internal static List<MemberObservation> OfPrompts(int[] sizes, DrawPrompt draw, ref SeededGenerator generator)
    {
        var members = new List<MemberObservation>(sizes.Length);
        for (var member = 0; member < sizes.Length; member++)
        {
            var prompts = new PromptObservation[sizes[member]];
            for (var i = 0; i < prompts.Length; i++)
            {
                prompts[i] = new(i * DayMs, draw(member, i, ref generator) + 1, 0, FourWords, Elicitation.None);
            }

            members.Add(new(member, member, prompts));
        }

        return members;
    }

    internal static int[] Sizes(int members, int prompts) => [.. Enumerable.Repeat(prompts, members)];
}
