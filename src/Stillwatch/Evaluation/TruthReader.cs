using System.Text.Json;
using Stillwatch.Campaigns;
using Stillwatch.Interactions;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Evaluation;

/// <summary>Reads a truth file: JSON Lines in UTF-8, plain or gzip.</summary>
/// <remarks>
/// An evaluation is only as good as its truth, so the first line that is no label ends the reading; the error names file, line and
/// member. Memory grows with the accounts.
/// </remarks>
public static class TruthReader
{
    /// <summary>The longest file that is read, uncompressed: 16 GiB, some hundred million accounts.</summary>
    public const long MaxBytes = 1L << 34;

    private const int MagicBytes = 8;

    /// <param name="content">The file's content, read to its end and closed.</param>
    /// <param name="name">What errors call the file.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The content is not a truth file.</exception>
    public static async Task<Truth> ReadAsync(Stream content, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        await using var stored = new StoredStream(content);
        await using var gzip = Compression.IsGzip(stored.Peek(MagicBytes)) ? new GzipInput(stored) : null;
        try
        {
            var bounded = new BoundedReadStream(gzip ?? (Stream)stored, MaxBytes);
            var labels = await ReadLabelsAsync(bounded, cancellationToken).ConfigureAwait(false);
            return gzip?.Fault is null ? new Truth(labels) : throw new InvalidDataException("the gzip data are damaged or cut off");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{name}, {JsonFault.DescribeLine(broken)}", broken);
        }
        catch (InvalidDataException broken)
        {
            throw new InvalidDataException($"{name}: {broken.Message}", broken);
        }
    }

    private static async Task<List<AccountTruth>> ReadLabelsAsync(Stream lines, CancellationToken cancellationToken)
    {
        var labels = new List<AccountTruth>();
        var labelled = new HashSet<AccountId>();
        var values = JsonSerializer.DeserializeAsyncEnumerable(
            lines, EvaluationJsonContext.Default.AccountTruth, topLevelValues: true, cancellationToken);
        await foreach (var label in values.ConfigureAwait(false))
        {
            labels.Add(Fault(label, labelled) is { } fault ? throw new InvalidDataException($"label {labels.Count + 1}: {fault}") : label!);
        }

        return labels;
    }

    private static string? Fault(AccountTruth? label, HashSet<AccountId> labelled) => label switch
    {
        null => "null; a label is an object",
        { Interactions: < 0 } or { CampaignInteractions: < 0 } =>
            $"\"{label.Account}\" has a negative number of interactions; they are counted from 0",
        _ => labelled.Add(label.Account) ? null : $"\"{label.Account}\" is labelled twice",
    };
}
