using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stillwatch.Evidence.Sharing.Stix.Export;

/// <summary>The file that says what of a campaign's infrastructure may be shared: one JSON object a line.</summary>
public static class ObservablesFile
{
    /// <summary>The longest line, in UTF-16 code units.</summary>
    public const int MaxLineLength = 4096;

    /// <summary>The most lines.</summary>
    public const int MaxLines = 100_000;

    /// <summary>All observables of a file.</summary>
    /// <param name="reader">The content.</param>
    /// <param name="name">What errors call the file.</param>
    /// <exception cref="InvalidDataException">A line is no observable; the message names it.</exception>
    public static IReadOnlyList<CampaignObservable> Read(TextReader reader, string name)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var observables = new List<CampaignObservable>();
        for (var line = reader.ReadLine(); line is not null; line = reader.ReadLine())
        {
            if (observables.Count == MaxLines)
            {
                throw new InvalidDataException($"{name}: more than {MaxLines} lines.");
            }

            observables.Add(Parse(line, $"{name}:{observables.Count + 1}"));
        }

        return observables;
    }

    private static CampaignObservable Parse(string line, string place)
    {
        try
        {
            var observable = line.Length > MaxLineLength
                ? throw new JsonException($"longer than {MaxLineLength} characters")
                : JsonSerializer.Deserialize(line, ObservablesJsonContext.Default.CampaignObservable);
            return observable is { Campaign.Length: > 0, Type.Length: > 0, Value.Length: > 0, Accounts: > 0 }
                ? observable
                : throw new JsonException("campaign, type, value, or accounts (at least 1) is missing");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{place}: no observable: {broken.Message}", broken);
        }
    }
}

/// <summary>Members in lower case with underscores; unknown ones are ignored.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CampaignObservable))]
internal sealed partial class ObservablesJsonContext : JsonSerializerContext;
