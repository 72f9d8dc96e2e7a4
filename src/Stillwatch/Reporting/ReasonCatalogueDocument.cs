using Stillwatch.Campaigns.Reasons;

namespace Stillwatch.Reporting;

/// <summary>The catalogue of reasons as Markdown: <c>docs/reasons.md</c> is its output.</summary>
public static class ReasonCatalogueDocument
{
    /// <summary>The longest line.</summary>
    private const int Width = 140;

    /// <param name="writer">Where to; neither flushed nor closed.</param>
    public static void Write(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Paragraph(writer, "# Reasons");
        Paragraph(
            writer,
            "Every verdict carries reasons, each with a stable code. This page says of every code what was seen, how it was tested and "
            + "against what, what it cannot mean, how an accused person can answer it, and which signs named by providers (S1 to S23) "
            + "and which techniques of MITRE ATLAS it is a trace of. It is the output of `stillwatch reasons`; `stillwatch explain` tells "
            + "the same of one campaign or account, with its figures. The method as a whole is in [detection.md](detection.md).");
        Overview(writer);
        foreach (var definition in ReasonCatalogue.All)
        {
            Section(writer, definition);
        }

        Coverage(writer);
    }

    private static void Overview(TextWriter writer)
    {
        writer.Write("| code | seen | counts | signals |\n| --- | --- | --- | --- |\n");
        foreach (var definition in ReasonCatalogue.All)
        {
            var signals = string.Join(", ", definition.Signals.Select(static signal => signal.Id));
            writer.Write($"| [{definition.Code}](#{definition.Code}) | {definition.Title} | {ShortRole(definition.Role)} | {signals} |\n");
        }

        writer.Write("\n");
    }

    private static void Section(TextWriter writer, ReasonDefinition definition)
    {
        Paragraph(writer, $"## {definition.Code}");
        Paragraph(writer, $"**{definition.Title}.** {definition.Meaning}");
        foreach (var (label, text) in ExplanationParts.Of(definition).Where(static part => part.Label != "meaning"))
        {
            Lines(writer, $"- *{label}*: {text}", "  ");
        }

        writer.Write("\n");
    }

    private static void Coverage(TextWriter writer)
    {
        Paragraph(writer, "## Signals and techniques");
        writer.Write("| signal | named | answered by |\n| --- | --- | --- |\n");
        foreach (var signal in ProviderSignals.All)
        {
            writer.Write($"| {signal.Id} | {signal.Description} | {Codes(definition => definition.Signals.Contains(signal))} |\n");
        }

        writer.Write("\n| technique | name | answered by |\n| --- | --- | --- |\n");
        foreach (var technique in AtlasTechniques.All)
        {
            writer.Write($"| {technique.Id} | {technique.Name} | {Codes(definition => definition.Techniques.Contains(technique))} |\n");
        }

        writer.Write("\n");
        Paragraph(writer, "What no reason answers is not in a log of requests: who a person is (S19).");
        writer.Write("Sources: S1 to S20 Anthropic, 23 February 2026; S21 OpenAI, 12 February 2026; S22 Google, February 2026; S23 NSTM-4, "
            + "23 April 2026.\nMITRE ATLAS 5.6, whose case study AML.CS0056 is of distillation campaigns.\n");
    }

    private static string Codes(Func<ReasonDefinition, bool> answers)
    {
        var codes = string.Join(", ", ReasonCatalogue.All.Where(answers).Select(static definition => definition.Code));
        return codes.Length > 0 ? codes : "nothing";
    }

    private static string ShortRole(ReasonRole role) => role switch
    {
        ReasonRole.Gate => "gate",
        ReasonRole.Sharing => "half a stake, or how it was found",
        ReasonRole.Corroboration => "half a stake",
        ReasonRole.Told => "nothing",
        ReasonRole.Referral => "review only",
        _ => "membership",
    };

    private static void Paragraph(TextWriter writer, string text)
    {
        Lines(writer, text, "");
        writer.Write("\n");
    }

    private static void Lines(TextWriter writer, string text, string indent)
    {
        var first = true;
        foreach (var line in WordWrap.Lines(text, Width - indent.Length))
        {
            writer.Write($"{(first ? "" : indent)}{line}\n");
            first = false;
        }
    }
}
