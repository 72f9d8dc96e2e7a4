using System.Text.Json;

namespace Stillwatch.Provenance.Reports;

/// <summary>Members of one line of an input.</summary>
/// <param name="Input">The file.</param>
/// <param name="Line">Which line, from 1.</param>
/// <param name="Row">The object.</param>
internal readonly record struct InputMembers(ReportInput Input, int Line, JsonElement Row)
{
    /// <summary>A string; null if it is absent or null.</summary>
    public string? Text(string member)
    {
        if (!Has(member, out var value))
        {
            return null;
        }

        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Fault($"'{member}' is no string");
        }
        catch (InvalidOperationException)
        {
            throw Fault($"'{member}' holds half of a surrogate pair");
        }
    }

    /// <summary>A finite number; null if it is absent or null.</summary>
    public double? Number(string member) => Has(member, out var value) ? NumberOf(member, value) : null;

    /// <summary>Ids; null if they are absent or null.</summary>
    public int[]? Ids(string member)
    {
        if (!Has(member, out var value))
        {
            return null;
        }

        var ids = new int[LengthOf(member, value)];
        var place = 0;
        foreach (var element in value.EnumerateArray())
        {
            ids[place++] = element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var id) && id is >= 0 and <= MaxId
                ? id
                : throw Fault($"'{member}' holds {Shown(element)}, which is no id from 0 to {MaxId}");
        }

        return ids;
    }

    /// <summary>
    /// Finite numbers; null if they are absent or null. <c>null</c> among them is negative infinity where that is allowed.
    /// </summary>
    public double[]? Numbers(string member, bool orNone = false)
    {
        if (!Has(member, out var value))
        {
            return null;
        }

        var numbers = new double[LengthOf(member, value)];
        var place = 0;
        foreach (var element in value.EnumerateArray())
        {
            numbers[place++] = orNone && element.ValueKind == JsonValueKind.Null
                ? double.NegativeInfinity
                : NumberOf(member, element);
        }

        return numbers;
    }

    /// <summary>What is wrong.</summary>
    public InvalidDataException Fault(string what) => InputLines.Fault(Input, Line, what);

    /// <summary>Ids beyond it would ask for tables of gigabytes; no tokeniser has as many.</summary>
    public const int MaxId = (1 << 22) - 1;

    private static string Shown(JsonElement element) => element.GetRawText() is { Length: <= 40 } text ? text : element.GetRawText()[..40];

    private bool Has(string member, out JsonElement value) =>
        Row.TryGetProperty(member, out value) && value.ValueKind != JsonValueKind.Null;

    private int LengthOf(string member, JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.GetArrayLength() : throw Fault($"'{member}' is no array");

    private double NumberOf(string member, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw Fault($"'{member}' holds {Shown(value)}, which is no number");
}
