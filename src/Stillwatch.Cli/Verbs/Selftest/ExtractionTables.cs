using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace Stillwatch.Cli.Verbs.Selftest;

/// <summary>The self-test's report for people and for programs.</summary>
internal static class ExtractionTables
{
    public static void Write(ExtractionReport report, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in new[] { "attack", "defence", "prompts", "requests", "logits read", "dimension", "gap", "layer error", "" })
        {
            table.AddColumn(new TableColumn(heading) { NoWrap = true });
        }

        foreach (var trial in report.Trials)
        {
            table.AddRow(
                trial.Attack, trial.Defence, Text($"{trial.Factor}x"), Text($"{trial.Queries:#,0}"), Text($"{trial.Coverage:0.0 %}"),
                trial.Dimension is { } found ? Text($"{found} of {trial.TrueDimension}") : Text($"none of {trial.TrueDimension}"),
                Text($"{trial.Gap:g3}"), Text($"{trial.LayerError:g3}"), trial.Succeeds ? "succeeds" : "fails");
        }

        console.Write(table);
        var (same, other) = report.Fingerprint;
        console.WriteLine(Text(
            $"Output space read undefended: {same:0.0000} of the same model's outputs lie in it, {other:0.0000} of another's."));
        var cost = report.Cost;
        console.WriteLine(Text(
            $"Honest use under perturb, {cost.Positions:#,0} positions: log-probabilities change by {cost.MeanChange:0.000} nats,"));
        console.WriteLine(Text(
            $"perplexities of 64 tokens by {cost.PerplexityError:0.0 %}; likeliest token kept {cost.KeptArgmax:0.00 %},"));
        console.WriteLine(Text($"text kept {cost.SameText:0 %}."));
    }

    public static async Task WriteJsonAsync(ExtractionReport report, Stream output, CancellationToken cancellation)
    {
        await using var json = new Utf8JsonWriter(output, new() { Indented = true });
        json.WriteStartObject();
        json.WriteBoolean("live", report.IsLive);
        json.WriteBoolean("holds", report.IsLive && !report.Failures.Any());
        json.WriteStartArray("trials");
        foreach (var trial in report.Trials)
        {
            json.WriteStartObject();
            json.WriteString("attack", trial.Attack);
            json.WriteString("defence", trial.Defence);
            json.WriteNumber("factor", trial.Factor);
            json.WriteNumber("queries", trial.Queries);
            json.WriteNumber("coverage", trial.Coverage);
            json.WriteNumber("true_dimension", trial.TrueDimension);
            json.WritePropertyName("dimension");
            JsonSerializer.Serialize(json, trial.Dimension);
            json.WriteNumber("gap", trial.Gap);
            json.WriteNumber("layer_error", trial.LayerError);
            json.WriteBoolean("succeeds", trial.Succeeds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("fingerprint");
        json.WriteNumber("same_model", report.Fingerprint.Same);
        json.WriteNumber("other_model", report.Fingerprint.Other);
        json.WriteEndObject();
        json.WriteStartObject("honest_cost");
        json.WriteNumber("positions", report.Cost.Positions);
        json.WriteNumber("mean_change", report.Cost.MeanChange);
        json.WriteNumber("perplexity_error", report.Cost.PerplexityError);
        json.WriteNumber("kept_argmax", report.Cost.KeptArgmax);
        json.WriteNumber("same_text", report.Cost.SameText);
        json.WriteEndObject();
        json.WriteEndObject();
        await json.FlushAsync(cancellation);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
