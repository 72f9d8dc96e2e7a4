using System.Text.Json.Nodes;
using Stillwatch.Provenance.Reports;

namespace Stillwatch.Cli.Verbs.Lineage;

/// <summary>Where a report differs from what was computed again. Stateless.</summary>
internal static class ReportDifferences
{
    /// <summary>Members that differ, each with both values; figures whose secret is missing are counted instead.</summary>
    /// <param name="claimed">The report.</param>
    /// <param name="computed">What was computed again.</param>
    public static (IReadOnlyList<string> Faults, int WithoutSecret) Of(JsonObject claimed, JsonObject computed)
    {
        var (faults, without) = (new List<string>(), 0);
        Compare("", claimed, computed, faults, ref without);
        return (faults, without);
    }

    private static void Compare(string path, JsonNode? claimed, JsonNode? computed, List<string> faults, ref int without)
    {
        switch (claimed, computed)
        {
            case (JsonObject left, JsonObject right) when right.ContainsKey(LineageReport.SecretMissing):
                without++;
                CompareMembers(path, left, right, right.Select(static member => member.Key).Where(IsFigure), faults, ref without);
                break;
            case (JsonObject left, JsonObject right):
                var names = left.Select(static member => member.Key).Union(right.Select(static member => member.Key));
                CompareMembers(path, left, right, names.Order(StringComparer.Ordinal), faults, ref without);
                break;
            case (JsonArray left, JsonArray right) when left.Count == right.Count:
                for (var i = 0; i < left.Count; i++)
                {
                    Compare($"{path}[{i}]", left[i], right[i], faults, ref without);
                }

                break;
            default:
                if (!JsonNode.DeepEquals(claimed, computed))
                {
                    faults.Add($"{LineageReportFiles.ReportName}: {path} is {Shown(claimed)}; computed again it is {Shown(computed)}.");
                }

                break;
        }
    }

    private static void CompareMembers(
        string path, JsonObject left, JsonObject right, IEnumerable<string> names, List<string> faults, ref int without)
    {
        foreach (var name in names.ToList())
        {
            Compare(path.Length == 0 ? name : $"{path}.{name}", left[name], right[name], faults, ref without);
        }
    }

    private static bool IsFigure(string name) => name != LineageReport.SecretMissing;

    private static string Shown(JsonNode? value)
    {
        var text = value?.ToJsonString() ?? "absent";
        return text.Length <= 80 ? text : $"{text[..80]}...";
    }
}
