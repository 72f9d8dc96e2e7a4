using Stillwatch.Campaigns.Reasons;
using Stillwatch.Sketching;
using Stillwatch.Statistics;
using static System.FormattableString;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>What content tells, in sentences.</summary>
internal static class ContentReasons
{
    public static EvidenceFinding Interchangeable(ContentExchangeability content, InterchangeabilityNull expected, EValue value) => new(
        EvidenceKind.InterchangeableContent,
        ReasonCodes.InterchangeableContent,
        value,
        Invariant($"{content.Interchangeable} of {content.Tested} members with enough prompts have no topics of their ")
        + Invariant($"own: their prompts could be dealt out anew among the group without anybody noticing; among independent ")
        + Invariant($"users of one template about {expected.Mean:P0} look like that."));

    public static EvidenceFinding Partition(WorkPartition partition, EValue value) => new(
        EvidenceKind.WorkPartition,
        ReasonCodes.WorkPartition,
        value,
        Invariant($"In {partition.Items} prompts and conversations compared, different members began with the same ")
        + Invariant($"{partition.Coincidences} times, where independent draws from a common list would give at least ")
        + Invariant($"{partition.Expected:F1}: the work is divided."));

    public static EvidenceFinding Narrow(ContentExchangeability content, PValue chance, EValue value) => new(
        EvidenceKind.NarrowContent,
        ReasonCodes.NarrowContent,
        value,
        Invariant($"Prompts of different members resemble each other by {content.BetweenSimilarity:F3} (those of one member by ")
        + Invariant($"{content.WithinSimilarity:F3}), shared wording left out; of the log's groups a share of ")
        + Invariant($"{Math.Pow(10, chance.Log10):P1} is as narrow. Told, not counted."));

    public static EvidenceFinding Elicits(Elicitation kind, double share, EValue value) => new(
        EvidenceKind.Elicitation, Code(kind), value, Invariant($"{share:P0} of the members' prompts ask the model {Aim(kind)}."));

    private static string Code(Elicitation kind) => kind switch
    {
        Elicitation.Reasoning => ReasonCodes.ReasoningElicitation,
        Elicitation.Rubric => ReasonCodes.RubricGrading,
        Elicitation.Rewriting => ReasonCodes.Rewriting,
        _ => ReasonCodes.AgenticElicitation,
    };

    private static string Aim(Elicitation kind) => kind switch
    {
        Elicitation.Reasoning => "to write out its reasoning",
        Elicitation.Rubric => "to grade answers by criteria, as a reward model",
        Elicitation.Rewriting => "to reword texts",
        _ => "to plan and drive tools",
    };
}
