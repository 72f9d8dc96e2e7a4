using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Stillwatch.Cli.Output;

namespace Stillwatch.Cli.Verbs.Selftest;

/// <summary>The self-test's reports for people and for programs.</summary>
internal static class ExtractionTables
{
    private static readonly string[] Headings =
        ["attack", "defence", "prompts", "requests", "logits read", "dimension", "gap", "layer error", "cosine", ""];

    public static void Write(ExtractionReport report, IAnsiConsole console)
    {
        WriteTrials(report.Trials, console);
        var (same, other) = report.Fingerprint;
        console.WriteLine(Text(
            $"Output space read undefended: {same:0.0000} of the same model's outputs lie in it, {other:0.0000} of another's."));
        var averages = report.Averages;
        console.WriteLine(Text(
            $"Under perturb log-probabilities are off by {averages.Repeated:0.000} nats (root mean square, relative to the likeliest)"));
        console.WriteLine(Text($"however often a request is repeated; averaged over rewordings that leave the model's state as it is:"));
        console.WriteLine(string.Join(", ", averages.Reworded.Select(
            static one => Text($"{one.Error:0.000} over {one.Rewordings}"))) + ".");
        var cost = report.Cost;
        console.WriteLine(Text(
            $"Honest use under perturb, {cost.Positions:#,0} positions: log-probabilities change by {cost.MeanChange:0.000} nats,"));
        console.WriteLine(Text(
            $"perplexities of 64 tokens by {cost.PerplexityError:0.0 %}; likeliest token kept {cost.KeptArgmax:0.00 %},"));
        console.WriteLine(Text($"text kept {cost.SameText:0 %}."));
    }

    public static void Write(RemoteReport report, IAnsiConsole console)
    {
        var target = report.Target;
        console.WriteLine(Printable.Clean(Text($"{target.Address}, model {target.Model}:")));
        console.WriteLine(report.Alternatives == 0
            ? "It gives no probabilities."
            : Text($"It gives probabilities, {Plural.Of(report.Alternatives, "alternative")} a token."));
        console.WriteLine(Text($"Bias makes it say {report.Forced} of {Plural.Of(target.Tokens, "token")}."));
        WriteTrials(report.Trials, console);
        if (report.Disagreement is { } disagreement)
        {
            console.WriteLine(Text($"On the same logits the attacks differ by {disagreement:g3} nats (root mean square)."));
        }
    }

    public static async Task WriteJsonAsync(ExtractionReport report, Stream output, CancellationToken cancellation)
    {
        await using var json = new Utf8JsonWriter(output, new() { Indented = true });
        json.WriteStartObject();
        json.WriteBoolean("live", report.IsLive);
        json.WriteBoolean("holds", report.IsLive && !report.Failures.Any());
        WriteTrials(report.Trials, json);
        json.WriteStartObject("fingerprint");
        json.WriteNumber("same_model", report.Fingerprint.Same);
        json.WriteNumber("other_model", report.Fingerprint.Other);
        json.WriteEndObject();
        json.WriteStartObject("averaged_noise");
        json.WriteNumber("repeated", report.Averages.Repeated);
        json.WriteStartArray("reworded");
        foreach (var (rewordings, error) in report.Averages.Reworded)
        {
            json.WriteStartObject();
            json.WriteNumber("rewordings", rewordings);
            json.WriteNumber("error", error);
            json.WriteEndObject();
        }

        json.WriteEndArray();
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

    public static async Task WriteJsonAsync(RemoteReport report, Stream output, CancellationToken cancellation)
    {
        await using var json = new Utf8JsonWriter(output, new() { Indented = true });
        json.WriteStartObject();
        json.WriteString("address", report.Target.Address.ToString());
        json.WriteString("model", report.Target.Model);
        json.WriteBoolean("holds", !report.Failures.Any());
        json.WriteNumber("alternatives", report.Alternatives);
        json.WriteNumber("tokens", report.Target.Tokens);
        json.WriteNumber("tokens_forced", report.Forced);
        WriteOrNull(json, "disagreement", report.Disagreement);
        WriteTrials(report.Trials, json);
        json.WriteEndObject();
        await json.FlushAsync(cancellation);
    }

    private static void WriteTrials(IReadOnlyList<ExtractionTrial> trials, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in Headings)
        {
            table.AddColumn(new TableColumn(heading) { NoWrap = true });
        }

        foreach (var trial in trials)
        {
            var of = trial.TrueDimension is { } truth ? Text($" of {truth}") : "";
            table.AddRow(
                trial.Attack, trial.Defence, Text($"{trial.Factor}x"), Text($"{trial.Queries:#,0}"), Text($"{trial.Coverage:0.0 %}"),
                trial.IsTold ? "told" : $"{trial.Dimension?.ToString(CultureInfo.InvariantCulture) ?? "none"}{of}",
                trial.Dimension is null ? "" : Text($"{trial.Gap:g3}"), trial.LayerError is { } error ? Text($"{error:g2}") : "",
                trial.Cosine is { } cosine ? Text($"{cosine:0.000000}") : "", trial.Succeeds ? "succeeds" : "fails");
        }

        console.Write(table);
    }

    private static void WriteTrials(IReadOnlyList<ExtractionTrial> trials, Utf8JsonWriter json)
    {
        json.WriteStartArray("trials");
        foreach (var trial in trials)
        {
            json.WriteStartObject();
            json.WriteString("attack", trial.Attack);
            json.WriteString("defence", trial.Defence);
            json.WriteNumber("factor", trial.Factor);
            json.WriteNumber("queries", trial.Queries);
            json.WriteNumber("coverage", trial.Coverage);
            WriteOrNull(json, "true_dimension", trial.TrueDimension);
            WriteOrNull(json, "dimension", trial.Dimension);
            json.WriteNumber("gap", trial.Gap);
            WriteOrNull(json, "layer_error", trial.LayerError);
            WriteOrNull(json, "cosine", trial.Cosine);
            json.WriteBoolean("succeeds", trial.Succeeds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOrNull(Utf8JsonWriter json, string name, double? value)
    {
        json.WritePropertyName(name);
        JsonSerializer.Serialize(json, value);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
