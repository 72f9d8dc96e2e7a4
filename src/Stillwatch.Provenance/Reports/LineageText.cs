using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Reports;

/// <summary>A report for people: what is in it, in words. Follows from the report alone. Stateless.</summary>
public static class LineageText
{
    private const int Width = 120;
    private const int MaxRows = 20;

    /// <summary>The text.</summary>
    /// <param name="report">As <see cref="LineageReport.Compute"/> makes it.</param>
    public static string Write(JsonObject report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        Line(text, $"Lineage of {report["suspect"]}: was it trained on our outputs?");
        Line(text, $"made {report["madeAt"]} by {report["software"]}; list of files signed by {report["signedBy"] ?? "nobody"}");
        var level = (double)report["settings"]!["level"]!;
        Line(text, $"level {level:0.0e+0}: the chance that even one finding below is false, if none should be");
        foreach (var test in report["tests"]!.AsArray().Select(static test => test!.AsObject()))
        {
            text.Append('\n');
            AddTest(text, test);
        }

        text.Append('\n');
        AddPrecommitments(text, report);
        text.Append("inputs\n");
        foreach (var input in report["inputs"]!.AsArray())
        {
            Line(text, $"  {input!["role"],-22} {input["file"]}  {input["bytes"]} bytes  sha256 {input["sha256"]}");
        }

        text.Append("of the whole\n");
        AddLimits(text, report);
        return text.ToString();
    }

    private static void AddTest(StringBuilder text, JsonObject test)
    {
        Line(text, $"== {test["test"]} ({KindOf((string?)test["kind"])})");
        AddWrapped(text, "null", test["nullHypothesis"]);
        AddWrapped(text, "alternative", test["alternative"]);
        AddWrapped(text, "statistic", test["statistic"]);
        var facts = test.Where(static member => member.Value is JsonValue)
            .Where(static member => member.Key is not ("test" or "kind" or "nullHypothesis" or "alternative" or "statistic"));
        AddWrapped(text, "figures", string.Join(", ", facts.Select(Fact)));
        foreach (var part in test.Where(static member => member.Value is JsonObject))
        {
            AddWrapped(text, part.Key, Facts(part.Value!.AsObject()));
        }

        var rows = (test["rows"] as JsonArray)?.Select(static row => row!.AsObject()).ToList() ?? [];
        foreach (var row in rows.OrderBy(static row => (double?)row["log10P"] ?? 0).Take(MaxRows))
        {
            AddRow(text, row);
        }

        if (rows.Count > MaxRows)
        {
            Line(text, $"  and {rows.Count - MaxRows} rows with larger p; report.json has them");
        }

        AddLimits(text, test);
    }

    private static void AddRow(StringBuilder text, JsonObject row)
    {
        if (row[LineageReport.SecretMissing] is not null)
        {
            Line(text, $"  {row["mark"] ?? "book"}: not computed, its secret is not at hand");
            return;
        }

        var found = (bool)row["found"]! ? "FOUND" : "not found";
        Line(text, $"  {found}: corrected p = {P(row["log10PAdjusted"])}  (p = {P(row["log10P"])}){NameOf(row)}");
        foreach (var part in row.Where(static member => member.Value is JsonObject))
        {
            AddWrapped(text, $"  {part.Key}", Facts(part.Value!.AsObject()));
        }

        foreach (var list in row.Where(static member => member.Value is JsonArray))
        {
            foreach (var item in list.Value!.AsArray())
            {
                AddWrapped(text, $"  {list.Key}", Facts(item!.AsObject()));
            }
        }

        var rest = row.Where(static member => member.Value is JsonValue)
            .Where(static member => member.Key is not ("mark" or "teacher" or "found" or "log10P" or "log10PAdjusted" or "commitment"));
        if (rest.Any())
        {
            AddWrapped(text, "  figures", string.Join(", ", rest.Select(Fact)));
        }
    }

    private static void AddPrecommitments(StringBuilder text, JsonObject report)
    {
        var all = report["precommitments"]!.AsArray();
        Line(text, $"first output received: {report["firstOutputAt"] ?? "not told"}");
        Line(text, $"commitments shown: {all.Count}");
        foreach (var one in all.Take(MaxRows))
        {
            Line(text, $"  {one!["subject"]}: entry {one["entry"]} of {one["log"]} (size {one["size"]}), written {one["at"]}");
            Line(text, $"    stamped {one["stampedAt"] ?? "by nobody"}; {one["order"]}");
        }
    }

    private static void AddLimits(StringBuilder text, JsonObject part)
    {
        foreach (var limit in part["limits"] as JsonArray ?? [])
        {
            AddWrapped(text, "limit", limit);
        }
    }

    private static string KindOf(string? kind) => kind switch
    {
        "eValue" => "decided by an e-value; p is one over it",
        "pValue" => "decided by a p-value",
        _ => "scores only: no evidence by themselves",
    };

    private static string NameOf(JsonObject row) => (row["mark"], row["teacher"]) switch
    {
        ({ } mark, _) => $"  mark {mark}",
        (_, { } teacher) => $"  teacher {teacher}",
        _ => string.Empty,
    };

    private static string Facts(JsonObject part) => string.Join(", ", part.Select(Fact));

    /// <summary>Logarithms are shown as the numbers they are of.</summary>
    private static string Fact(KeyValuePair<string, JsonNode?> member) => member switch
    {
        { Key: var name, Value: JsonValue value } when name.StartsWith("log10P", StringComparison.Ordinal) =>
            $"p{name["log10P".Length..]} {P(value)}",
        { Key: "log10E", Value: JsonValue value } => $"e {EValue.FromLog10((double)value)}",
        _ => $"{member.Key} {member.Value?.ToString() ?? "none"}",
    };

    private static string P(JsonNode? log10) => PValue.FromLog10((double)log10!).ToString();

    private static void AddWrapped(StringBuilder text, string label, JsonNode? value)
    {
        if (value is not null)
        {
            AddWrapped(text, label, value.ToString());
        }
    }

    private static void AddWrapped(StringBuilder text, string label, string value)
    {
        if (value.Length == 0)
        {
            return;
        }

        var line = new StringBuilder($"  {label,-12}");
        var indent = line.Length + 1;
        foreach (var word in value.Split(' '))
        {
            if (line.Length + word.Length + 1 > Width && line.Length > indent)
            {
                text.Append(line.ToString().TrimEnd()).Append('\n');
                line.Clear().Append(' ', indent - 1);
            }

            line.Append(' ').Append(word);
        }

        text.Append(line.ToString().TrimEnd()).Append('\n');
    }

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
