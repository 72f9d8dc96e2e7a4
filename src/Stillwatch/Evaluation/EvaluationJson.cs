using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Stillwatch.Evaluation;

/// <summary>
/// Writes an evaluation, format <c>stillwatch.evaluation/1</c>: one JSON object in UTF-8. Equal reports give equal bytes.
/// </summary>
public static class EvaluationJson
{
    private static readonly JsonTypeInfo<EvaluationReport> Format = new EvaluationJsonContext(
        new(EvaluationJsonContext.Default.Options) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) }).EvaluationReport;

    /// <param name="utf8">Where to; not closed.</param>
    /// <param name="report">What.</param>
    /// <param name="cancellationToken">Stops the writing, leaving the content incomplete.</param>
    public static async Task WriteAsync(Stream utf8, EvaluationReport report, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        ArgumentNullException.ThrowIfNull(report);
        await JsonSerializer.SerializeAsync(utf8, report, Format, cancellationToken).ConfigureAwait(false);
        await utf8.WriteAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
    }
}
