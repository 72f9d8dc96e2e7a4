using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Stillwatch.Campaigns;

/// <summary>Reads and writes the findings file, format <c>stillwatch.findings/1</c>: one JSON object in UTF-8.</summary>
/// <remarks>
/// Unknown members are ignored. A member that is missing, of the wrong type, out of range or given twice makes the file unusable;
/// the error names the file, the line and the member. Equal findings give equal bytes.
/// </remarks>
public static class FindingsJson
{
    /// <summary>The longest file that is read: 2 GiB, some ten million accounts.</summary>
    public const long MaxBytes = 1L << 31;

    /// <summary>Letters stay legible; what has a meaning in HTML is escaped, so that the file may be embedded in a page.</summary>
    private static readonly JsonTypeInfo<Findings> Format = new FindingsJsonContext(
        new(FindingsJsonContext.Default.Options) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) }).Findings;

    /// <param name="utf8">The file's content, read to its end.</param>
    /// <param name="name">What errors call the file.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The content is not a findings file.</exception>
    public static async Task<Findings> ReadAsync(Stream utf8, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        try
        {
            var bounded = new BoundedReadStream(utf8, MaxBytes);
            var findings = await JsonSerializer.DeserializeAsync(bounded, Format, cancellationToken)
                .ConfigureAwait(false);
            return FindingsValidation.Check(findings);
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{name}, {JsonFault.Describe(broken)}", broken);
        }
        catch (InvalidDataException broken)
        {
            throw new InvalidDataException($"{name}: {broken.Message}", broken);
        }
    }

    /// <param name="utf8">Where to; not closed.</param>
    /// <param name="findings">What.</param>
    /// <param name="cancellationToken">Stops the writing, leaving the content incomplete.</param>
    public static async Task WriteAsync(Stream utf8, Findings findings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(findings);
        await JsonSerializer.SerializeAsync(utf8, findings, Format, cancellationToken).ConfigureAwait(false);
        await utf8.WriteAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
    }
}
