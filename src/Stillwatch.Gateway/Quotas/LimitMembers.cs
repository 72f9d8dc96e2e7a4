using System.Text.Json;

namespace Stillwatch.Gateway.Quotas;

/// <summary>Reads the members of one JSON object and gathers what is wrong with them.</summary>
internal sealed class LimitMembers(JsonElement json, string where, List<string> faults)
{
    public string? Text(string name, bool isNeeded = true)
    {
        if (json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        if (isNeeded || value.ValueKind != JsonValueKind.Undefined)
        {
            faults.Add($"{where}: '{name}' is no text.");
        }

        return null;
    }

    public long Number(string name)
    {
        if (json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number))
        {
            return number;
        }

        faults.Add($"{where}: '{name}' is no whole number.");
        return 0;
    }

    public T OneOf<T>(string name)
        where T : struct, Enum => Text(name) is { } text ? Value<T>(name, text) : default;

    public T Flags<T>(string name)
        where T : struct, Enum
    {
        var values = (Texts(name) ?? []).Select(text => Convert.ToInt32(Value<T>(name, text), null));
        return (T)Enum.ToObject(typeof(T), values.Aggregate(0, static (all, value) => all | value));
    }

    public IReadOnlyList<string>? Texts(string name)
    {
        if (!json.TryGetProperty(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String))
        {
            return [.. value.EnumerateArray().Select(item => item.GetString()!)];
        }

        faults.Add($"{where}: '{name}' is no array of texts.");
        return null;
    }

    public void CheckNames(params string[] known) => faults.AddRange(json.EnumerateObject().Where(member => !known.Contains(member.Name))
        .Select(member => $"{where}: '{member.Name}' is unknown; {string.Join(", ", known)} are known."));

    private T Value<T>(string name, string text)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (NameOf(value) == text)
            {
                return value;
            }
        }

        faults.Add($"{where}: '{name}' has '{text}'; {string.Join(", ", Enum.GetValues<T>().Select(NameOf))} are known.");
        return default;
    }

    private static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
