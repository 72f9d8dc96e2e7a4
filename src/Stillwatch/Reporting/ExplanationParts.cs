using Stillwatch.Campaigns.Reasons;

namespace Stillwatch.Reporting;

/// <summary>What is told of a subject and of each reason, in the same order in every format.</summary>
/// <remarks>Only the heading is harmless yet.</remarks>
internal static class ExplanationParts
{
    public static string Heading(Explanation explanation)
    {
        var name = HarmlessText.Of(explanation.Subject);
        return explanation.IsAccount ? $"Account {name}"
            : name.StartsWith("campaign", StringComparison.OrdinalIgnoreCase) ? name : $"Campaign {name}";
    }

    /// <summary>Labels and sentences of one reason.</summary>
    public static IEnumerable<(string Label, string Text)> Of(ExplainedReason explained)
    {
        var (reason, definition, without) = explained;
        yield return ("strength", reason.Log10EValue is { } log10
            ? $"{Wording.OneIn(log10)} (log10 e-value {Wording.Logarithm(log10)})"
            : "not weighed");
        yield return ("figures", reason.Summary);
        yield return ("without it", without);
        if (definition is null)
        {
            yield return ("meaning", "This version has no entry for the code.");
            yield break;
        }

        foreach (var part in Of(definition))
        {
            yield return part;
        }
    }

    /// <summary>Labels and sentences of an entry of the catalogue.</summary>
    public static IEnumerable<(string Label, string Text)> Of(ReasonDefinition definition) =>
    [
        ("meaning", definition.Meaning),
        ("counts", Role(definition.Role)),
        ("test", definition.Test),
        ("null hypothesis", definition.NullHypothesis),
        ("cannot mean", definition.CannotMean),
        ("to answer it", definition.Answer),
        ("named signals", string.Join("; ", definition.Signals.Select(static signal => $"{signal.Id} {signal.Description}"))),
        ("MITRE ATLAS", string.Join("; ", definition.Techniques.Select(static technique => $"{technique.Id} {technique.Name}"))),
    ];

    /// <summary>How a reason enters the decision, in a sentence.</summary>
    public static string Role(ReasonRole role) => role switch
    {
        ReasonRole.Gate => "The weaker of the two tests of content counts in full; no campaign is reported without both.",
        ReasonRole.Sharing => "Averaged over the kinds of its side, then a bet of half the stake, where the group was found on the other "
            + "side; nothing where the group was found by it.",
        ReasonRole.Corroboration => "Averaged with what belongs to its side, then a bet of half the stake.",
        ReasonRole.Told => "Nothing; it is told so that a person can judge.",
        ReasonRole.Referral => "It raises an account to review by a person; it never restricts or blocks, however many say it.",
        _ => "It says why the account is in; the evidence is the campaign's.",
    };
}
