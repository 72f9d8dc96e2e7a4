using System.Globalization;
using System.Text.Json;

namespace Stillwatch.Simulation.Tests;

/// <summary>
/// Checks a value against the keywords of JSON Schema (2020-12) that the contracts use; any other keyword fails, so that a contract cannot
/// grow a rule that this check would pass over.
/// </summary>
internal static class ContractSchema
{
    private static readonly HashSet<string> Annotations = ["$schema", "title", "description", "default"];

    /// <summary>The first violation, or null.</summary>
    public static string? Violation(JsonElement schema, JsonElement value, string path = "$")
    {
        foreach (var keyword in schema.EnumerateObject().Where(keyword => !Annotations.Contains(keyword.Name)))
        {
            if (Check(keyword.Name, keyword.Value, value, path) is { } violation)
            {
                return violation;
            }
        }

        return null;
    }

    private static string? Check(string keyword, JsonElement rule, JsonElement value, string path) => keyword switch
    {
        "type" => Unless(Types(rule).Any(type => IsOf(type, value)), $"{path}: {value.ValueKind} is not {rule}"),
        "required" => Required(rule, value, path),
        "properties" => Properties(rule, value, path),
        "items" => Items(rule, value, path),
        "enum" => Unless(rule.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)), $"{path}: {value} is not in {rule}"),
        "minLength" => Unless(!IsOf("string", value) || value.GetString()!.Length >= rule.GetInt32(), $"{path}: too short"),
        "minimum" => Unless(!IsOf("number", value) || value.GetDouble() >= rule.GetDouble(), $"{path}: {value} is below {rule}"),
        "format" => Unless(!IsOf("string", value) || IsTime(rule, value), $"{path}: {value} is no {rule}"),
        _ => throw new NotSupportedException($"This check does not know the keyword '{keyword}'."),
    };

    private static string? Unless(bool holds, string violation) => holds ? null : violation;

    private static bool IsTime(JsonElement format, JsonElement value) => format.GetString() == "date-time"
        && DateTimeOffset.TryParseExact(
            value.GetString(), "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static string?[] Types(JsonElement rule) => rule.ValueKind == JsonValueKind.Array
        ? [.. rule.EnumerateArray().Select(type => type.GetString())]
        : [rule.GetString()];

    private static bool IsOf(string? type, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "array" => value.ValueKind == JsonValueKind.Array,
        "object" => value.ValueKind == JsonValueKind.Object,
        _ => throw new NotSupportedException($"This check does not know the type '{type}'."),
    };

    private static string? Required(JsonElement rule, JsonElement value, string path)
    {
        var missing = rule.EnumerateArray().Select(name => name.GetString()!)
            .FirstOrDefault(name => value.ValueKind == JsonValueKind.Object && !value.TryGetProperty(name, out _));
        return missing is null ? null : $"{path}: lacks {missing}";
    }

    private static string? Properties(JsonElement rule, JsonElement value, string path) => First(
        rule.EnumerateObject().Where(member => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(member.Name, out _))
            .Select(member => Violation(member.Value, value.GetProperty(member.Name), $"{path}.{member.Name}")));

    private static string? Items(JsonElement rule, JsonElement value, string path) => value.ValueKind == JsonValueKind.Array
        ? First(value.EnumerateArray().Select((item, index) => Violation(rule, item, $"{path}[{index}]")))
        : null;

    private static string? First(IEnumerable<string?> violations) => violations.FirstOrDefault(violation => violation is not null);
}
