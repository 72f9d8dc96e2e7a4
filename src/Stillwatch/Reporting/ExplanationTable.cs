using Stillwatch.Campaigns;

namespace Stillwatch.Reporting;

/// <summary>An explanation as text for a person at a terminal.</summary>
/// <remarks>Whatever came from the log is made harmless, as in <see cref="HuntTable"/>. Equal explanations give equal text.</remarks>
public static class ExplanationTable
{
    private const int MaxSentence = 1_000;
    private const int Column = 18;

    /// <param name="explanation">What to write.</param>
    /// <param name="writer">Where to; neither flushed nor closed.</param>
    /// <param name="options">How: width and colour.</param>
    public static void Write(Explanation explanation, TextWriter writer, TableOptions options)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(options);
        var text = new TableText(writer, options);
        text.Paragraph($"{ExplanationParts.Heading(explanation)}: {Wording.Name(explanation.Verdict)}", ink: InkOf(explanation.Verdict));
        foreach (var sentence in explanation.Summary)
        {
            text.Paragraph(sentence);
        }

        WriteReasons(text, "Why this account", explanation.AccountReasons);
        WriteReasons(text, "Why the campaign", explanation.CampaignReasons);
        WriteList(text, "What would change it", explanation.Exits);
        WriteList(text, "What the figures cannot say", explanation.Limits);
    }

    private static void WriteReasons(TableText text, string heading, IReadOnlyList<ExplainedReason> reasons)
    {
        if (reasons.Count == 0)
        {
            return;
        }

        text.BlankLine();
        text.Line(heading, Ink.Strong);
        foreach (var reason in reasons)
        {
            text.BlankLine();
            text.Paragraph($"{reason.Title} [{HarmlessText.Of(reason.Reason.Code, 60)}]", indent: 2, Ink.Strong);
            foreach (var (label, value) in ExplanationParts.Of(reason))
            {
                text.Entry(label, HarmlessText.Of(value, MaxSentence), indent: 4, column: 4 + Column, Ink.Faint);
            }
        }
    }

    private static void WriteList(TableText text, string heading, IReadOnlyList<string> sentences)
    {
        if (sentences.Count == 0)
        {
            return;
        }

        text.BlankLine();
        text.Line(heading, Ink.Strong);
        foreach (var sentence in sentences)
        {
            text.Entry("-", sentence, indent: 2, column: 4);
        }
    }

    private static Ink InkOf(Consequence verdict) => verdict == Consequence.Clear ? Ink.Strong : Ink.Of((Verdict)verdict);
}
