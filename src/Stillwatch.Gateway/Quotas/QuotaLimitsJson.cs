using System.Globalization;
using System.Text.Json;

namespace Stillwatch.Gateway.Quotas;

/// <summary>Reads limits from JSON, as docs/quotas.md shows them, and finds everything that is wrong.</summary>
public static class QuotaLimitsJson
{
    private static readonly (string Suffix, double Seconds)[] Units = [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)];

    /// <summary>Reads limits.</summary>
    /// <param name="json">A JSON array; comments and commas at the end are allowed.</param>
    /// <param name="faults">Everything that is wrong; empty if the text is read.</param>
    /// <returns>The limits; null if anything is wrong.</returns>
    public static QuotaLimits? Parse(string json, out IReadOnlyList<string> faults)
    {
        List<string> found = [];
        faults = found;
        try
        {
            using var document = JsonDocument.Parse(
                json, new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                found.Add("Limits are an array of objects.");
                return null;
            }

            var limits = document.RootElement.EnumerateArray().Select((limit, index) => Limit(limit, index,
                found)).OfType<QuotaLimit>().ToList();
            found.AddRange(QuotaLimits.Faults(limits));
            return found.Count == 0 ? QuotaLimits.Create(limits) : null;
        }
        catch (JsonException fault)
        {
            found.Add($"Limits are no JSON: {fault.Message}");
            return null;
        }
    }

    private static QuotaLimit? Limit(JsonElement json, int index, List<string> faults)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            faults.Add($"Limit {index} is no object.");
            return null;
        }

        var limit = new LimitMembers(json, $"Limit {index}", faults);
        var read = new QuotaLimit(
            limit.Text("name") ?? "",
            limit.OneOf<QuotaMeasure>("measure"),
            limit.Number("cap"),
            limit.Text("window", isNeeded: false) is { } window ? Window(window, $"Limit {index}", faults) : null,
            limit.Flags<QuotaScope>("per"))
        {
            Match = Match(json, $"Limit {index}", faults),
        };
        limit.CheckNames("name", "measure", "cap", "window", "per", "match");
        return read;
    }

    private static QuotaMatch Match(JsonElement json, string where, List<string> faults)
    {
        if (!json.TryGetProperty("match", out var match))
        {
            return QuotaMatch.All;
        }

        if (match.ValueKind != JsonValueKind.Object)
        {
            faults.Add($"{where}: 'match' is no object.");
            return QuotaMatch.All;
        }

        var members = new LimitMembers(match, $"{where}, match", faults);
        members.CheckNames("keys", "accounts", "organisations", "models", "regions", "tiers");
        return new()
        {
            Keys = members.Texts("keys"),
            Accounts = members.Texts("accounts"),
            Organisations = members.Texts("organisations"),
            Models = members.Texts("models"),
            Regions = members.Texts("regions"),
            Tiers = members.Texts("tiers"),
        };
    }

    private static TimeSpan? Window(string text, string where, List<string> faults)
    {
        var (suffix, seconds) = Array.Find(Units, unit => text.EndsWith(unit.Suffix, StringComparison.Ordinal));
        if (suffix is not null && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return TimeSpan.FromSeconds(count * seconds);
        }

        faults.Add($"{where}: window '{text}' is no number with d, h, m or s after it, such as 60s or 30d.");
        return null;
    }
}
