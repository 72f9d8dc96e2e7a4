namespace Stillwatch.Reporting;

/// <summary>An explanation as Markdown, to be put into a ticket or a letter.</summary>
/// <remarks>Names and sentences of the log are escaped: they can be neither markup nor HTML.</remarks>
public static class ExplanationMarkdown
{
    private const int MaxSentence = 1_000;

    /// <param name="explanation">What to write.</param>
    /// <param name="writer">Where to; neither flushed nor closed.</param>
    public static void Write(Explanation explanation, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write($"# {MarkdownText.Of(ExplanationParts.Heading(explanation))}: {Wording.Name(explanation.Verdict)}\n\n");
        foreach (var sentence in explanation.Summary)
        {
            writer.Write($"{MarkdownText.Of(sentence)}\n\n");
        }

        WriteReasons(writer, "Why this account", explanation.AccountReasons);
        WriteReasons(writer, "Why the campaign", explanation.CampaignReasons);
        WriteList(writer, "What would change it", explanation.Exits);
        WriteList(writer, "What the figures cannot say", explanation.Limits);
    }

    private static void WriteReasons(TextWriter writer, string heading, IReadOnlyList<ExplainedReason> reasons)
    {
        if (reasons.Count == 0)
        {
            return;
        }

        writer.Write($"## {heading}\n\n");
        foreach (var reason in reasons)
        {
            writer.Write($"### {MarkdownText.Of(reason.Title)} ({MarkdownText.Of(reason.Reason.Code, 60)})\n\n");
            foreach (var (label, value) in ExplanationParts.Of(reason))
            {
                writer.Write($"- **{label}**: {MarkdownText.Of(value, MaxSentence)}\n");
            }

            writer.Write("\n");
        }
    }

    private static void WriteList(TextWriter writer, string heading, IReadOnlyList<string> sentences)
    {
        if (sentences.Count == 0)
        {
            return;
        }

        writer.Write($"## {heading}\n\n");
        foreach (var sentence in sentences)
        {
            writer.Write($"- {MarkdownText.Of(sentence)}\n");
        }

        writer.Write("\n");
    }
}
