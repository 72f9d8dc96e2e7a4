using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Stillwatch.Evidence.CanonicalJson;
using Stillwatch.Evidence.Storage;

namespace Stillwatch.Evidence.Sharing.Disclosures;

/// <summary>Disclosures as lines of a file, each one JSON object in canonical form; written through to the disk one by one.</summary>
/// <remarks>The last line is dropped on opening if it was cut short: what it tells of was never given.</remarks>
public sealed class DisclosureFile : IDisclosureLog, IDisposable
{
    private static readonly JsonTypeInfo<Disclosure> Format = DisclosureJsonContext.Default.Disclosure;

    private readonly AppendOnlyLines _lines;

    private DisclosureFile(AppendOnlyLines lines) => _lines = lines;

    /// <summary>Opens the file for one writer, making it where there is none.</summary>
    /// <param name="path">The file; readable by its owner only.</param>
    /// <exception cref="IOException">Another process has it open, or it cannot be made.</exception>
    public static DisclosureFile Open(string path) => new(AppendOnlyLines.Open(path));

    /// <summary>All disclosures of a file, the earliest first.</summary>
    /// <exception cref="InvalidDataException">A line is no disclosure.</exception>
    public static IReadOnlyList<Disclosure> Read(string path)
    {
        // Also while a server has it open.
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var disclosures = new List<Disclosure>();
        while (reader.ReadLine() is { } line)
        {
            disclosures.Add(Parse(line, $"{path}:{disclosures.Count + 1}"));
        }

        return disclosures;
    }

    /// <inheritdoc/>
    public async Task AppendAsync(Disclosure disclosure, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(disclosure);
        var line = JsonCanonicalization.Canonicalize(JsonSerializer.SerializeToUtf8Bytes(disclosure, Format));
        await _lines.AppendAsync([line], cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _lines.Dispose();

    private static Disclosure Parse(string line, string place)
    {
        try
        {
            return JsonSerializer.Deserialize(line, Format) ?? throw new InvalidDataException($"{place}: null is no disclosure.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{place}: no disclosure: {broken.Message}", broken);
        }
    }
}
