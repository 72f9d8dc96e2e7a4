using System.Text.Json;

namespace Stillwatch.Campaigns;

/// <summary>Says what is wrong with a JSON file in the words of the file: line, member, and what was expected there.</summary>
internal static class JsonFault
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    public static string Describe(JsonException fault) => Describe(fault, fault.Path);

    /// <summary>For a file of many values, of which the serializer counts all but the first as elements of an array.</summary>
    public static string DescribeLine(JsonException fault) =>
        Describe(fault, fault.Path is ['$', '[', ..] and var path ? $"${path[(path.IndexOf(']', Ordinal) + 1)..]}" : fault.Path);

    private static string Describe(JsonException fault, string? path)
    {
        var line = fault.LineNumber is { } number ? $"line {number + 1}" : "at its end";
        var member = path is { Length: > 0 } ? $", {path}" : string.Empty;
        return $"{line}{member}: {Reword(fault.Message)}";
    }

    /// <summary>The serializer's own messages name CLR types and repeat the position; tests pin the wording this relies on.</summary>
    private static string Reword(string message)
    {
        const string Missing = "was missing required properties including: ";
        if (message.IndexOf(Missing, Ordinal) is var at and >= 0)
        {
            return $"the required member is missing: {message[(at + Missing.Length)..].TrimEnd('.')}";
        }

        return message switch
        {
            _ when message.StartsWith("The JSON value could not be converted", Ordinal) => "the value is of the wrong type or out of range",
            _ when message.Contains("doesn't allow null", Ordinal) => "null stands where a value is required",
            _ when message.StartsWith("Duplicate property ", Ordinal) => $"the member {message.Split('\'')[1]} is given twice",
            _ => BeforePosition(message),
        };
    }

    private static string BeforePosition(string message)
    {
        var cut = message.IndexOfAny([" Path: ", " LineNumber: "]);
        return cut < 0 ? message : message[..cut].TrimEnd('.');
    }

    private static int IndexOfAny(this string text, ReadOnlySpan<string> values)
    {
        foreach (var value in values)
        {
            if (text.IndexOf(value, Ordinal) is var at and >= 0)
            {
                return at;
            }
        }

        return -1;
    }
}
