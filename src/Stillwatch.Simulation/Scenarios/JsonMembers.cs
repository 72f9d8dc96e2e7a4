using System.Globalization;
using System.Text.Json;

namespace Stillwatch.Simulation.Scenarios;

/// <summary>
/// Reads the members of one JSON object. Every member that is missing, of the wrong kind or out of range becomes an error with its path and
/// a stand-in value, so that one reading reports all errors; <see cref="RejectOthers"/> reports what nobody asked for.
/// </summary>
internal sealed class JsonMembers
{
    private readonly string _path;
    private readonly List<ScenarioError> _errors;
    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly List<string> _known = [];

    public JsonMembers(JsonElement value, string path, List<ScenarioError> errors)
    {
        (_path, _errors) = (path, errors);
        if (value.ValueKind != JsonValueKind.Object)
        {
            errors.Add(new(path, $"expected an object, found {Describe(value)}"));
            return;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (!_members.TryAdd(member.Name, member.Value))
            {
                errors.Add(new(PathOf(member.Name), "appears more than once"));
            }
        }
    }

    public string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    public void Fail(string name, string message) => _errors.Add(new(PathOf(name), message));

    public bool Has(string name) => _members.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>The member; null if it is missing, which is an error if it is required.</summary>
    public JsonElement? Element(string name, bool required)
    {
        _known.Add(name);
        if (Has(name))
        {
            return _members[name];
        }

        if (required)
        {
            Fail(name, "is missing");
        }

        return null;
    }

    public string? Text(string name, bool required = false)
    {
        if (Element(name, required) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text)
        {
            return text;
        }

        Fail(name, $"expected a text that is not empty, found {Describe(value)}");
        return null;
    }

    /// <summary>A number within bounds; <paramref name="missing"/> where there is none, which is an error if that is NaN.</summary>
    public double Number(string name, double missing, Interval bounds)
    {
        if (Element(name, double.IsNaN(missing)) is not { } value)
        {
            return double.IsNaN(missing) ? bounds.Low : missing;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= bounds.Low && number <= bounds.High)
        {
            return number;
        }

        Fail(name, Invariant($"expected a number from {bounds.Low} to {bounds.High}, found {Describe(value)}"));
        return bounds.Low;
    }

    /// <summary>A whole number within bounds; null where there is none, which is an error if it is required.</summary>
    public long? Integer(string name, bool required, long low, long high)
    {
        if (Element(name, required) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= low && number <= high)
        {
            return number;
        }

        Fail(name, Invariant($"expected a whole number from {low} to {high}, found {Describe(value)}"));
        return null;
    }

    public bool Flag(string name, bool missing)
    {
        if (Element(name, false) is not { } value)
        {
            return missing;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Fail(name, $"expected true or false, found {Describe(value)}");
        return missing;
    }

    public T Choice<T>(string name, T? missing)
        where T : struct, Enum
    {
        if (Element(name, missing is null) is not { } value)
        {
            return missing ?? default;
        }

        if (value.ValueKind == JsonValueKind.String && SnakeCase.TryParse<T>(value.GetString(), out var choice))
        {
            return choice;
        }

        Fail(name, $"expected one of {SnakeCase.List<T>()}, found {Describe(value)}");
        return default;
    }

    public IEnumerable<(JsonElement Value, string Path)> Items(string name, bool required = false)
    {
        if (Element(name, required) is not { } value)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Fail(name, $"expected an array, found {Describe(value)}");
            return [];
        }

        return value.EnumerateArray().Select((item, index) => (item, Invariant($"{PathOf(name)}[{index}]")));
    }

    /// <summary>The members themselves, for objects whose names are values; they count as known.</summary>
    public IEnumerable<KeyValuePair<string, JsonElement>> All()
    {
        _known.AddRange(_members.Keys);
        return _members;
    }

    public void RejectOthers()
    {
        foreach (var name in _members.Keys.Where(name => !_known.Contains(name)))
        {
            Fail(name, $"is not known here; known are {string.Join(", ", _known)}");
        }
    }

    public static string Describe(JsonElement value)
    {
        const int longest = 40;
        var raw = value.GetRawText();
        return raw.Length > longest ? raw[..longest] + "…" : raw;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
