using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stillwatch.Evidence.Sharing.PrivateMatching.Values;

/// <summary>A value of an account, as its own lab knows it. Never leaves the lab.</summary>
/// <param name="Account">The account.</param>
/// <param name="Kind">What it is, by its name.</param>
/// <param name="Value">The value.</param>
public sealed record AccountValue(string Account, string Kind, string Value)
{
    /// <summary>The most lines of a file.</summary>
    public const int MaxLines = 10_000_000;

    /// <summary>The values of a file: one JSON object a line.</summary>
    /// <exception cref="InvalidDataException">A line is none; the message names the line and shows nothing of it.</exception>
    public static IEnumerable<AccountValue> Read(TextReader reader, string name)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var number = 0;
        for (var line = reader.ReadLine(); line is not null; line = reader.ReadLine())
        {
            yield return ++number <= MaxLines
                ? Parse(line, $"{name}:{number}")
                : throw new InvalidDataException($"{name}: more than {MaxLines} lines.");
        }
    }

    private static AccountValue Parse(string line, string place)
    {
        try
        {
            var value = line.Length > 4 * MatchValue.MaxLength
                ? null
                : JsonSerializer.Deserialize(line, ValuesJsonContext.Default.AccountValue);
            return value is { Account.Length: > 0 } && MatchValue.Kind(value.Kind) is not null
                ? value
                : throw new InvalidDataException($"{place}: account, kind ({string.Join(", ", Kinds)}) or value is missing or unknown.");
        }
        catch (JsonException)
        {
            throw new InvalidDataException($"{place}: no JSON object with the texts account, kind and value.");
        }
    }

    private static IEnumerable<string> Kinds => Enum.GetValues<MatchKind>().Select(MatchValue.Name);
}

/// <summary>Members in lower case with underscores.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AccountValue))]
internal sealed partial class ValuesJsonContext : JsonSerializerContext;
