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
        "type" => Types(rule).Any(type => IsOf(type, value)) ? null : $"{path}: {value.ValueKind} is not {rule}",
        "required" => Required(rule, value, path),
        "properties" => Properties(rule, value, path),
        "items" => Items(rule, value, path),
        "enum" => rule.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)) ? null : $"{path}: {value} is not in {rule}",
        "minLength" => value.ValueKind != JsonValueKind.String || value.GetString()!.Length >= rule.GetInt32() ? null : $"{path}: too short",
        "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() >= rule.GetDouble() ? null : $"{path}: {value} is below {rule}",
        "format" => value.ValueKind != JsonValueKind.String || IsTime(rule, value) ? null : $"{path}: {value} is no {rule}",
        _ => throw new NotSupportedException($"This check does not know the keyword '{keyword}'."),
    };

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

    private static string? Required(JsonElement rule, JsonElement value, string path) => value.ValueKind == JsonValueKind.Object
        ? rule.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)).Select(name => $"{path}: lacks {name}").FirstOrDefault()
        : null;

    private static string? Properties(JsonElement rule, JsonElement value, string path) => value.ValueKind == JsonValueKind.Object
        ? rule.EnumerateObject()
            .Select(member => value.TryGetProperty(member.Name, out var found) ? Violation(member.Value, found, $"{path}.{member.Name}") : null)
            .FirstOrDefault(violation => violation is not null)
        : null;

    private static string? Items(JsonElement rule, JsonElement value, string path) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().Select((item, index) => Violation(rule, item, $"{path}[{index}]")).FirstOrDefault(violation => violation is not null)
        : null;
}
