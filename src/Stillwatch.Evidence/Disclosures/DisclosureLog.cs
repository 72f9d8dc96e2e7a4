using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Stillwatch.Evidence.Decisions;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;

namespace Stillwatch.Evidence.Disclosures;

/// <summary>Disclosures as entries of a transparency log.</summary>
/// <remarks>
/// The log is taken for each group of disclosures that wait, and given back: a server that runs for months keeps nobody else from writing.
/// Safe for use by many threads.
/// </remarks>
public sealed class DisclosureLog : IDisclosureLog, IDisposable
{
    /// <summary>Who acts, by the entries.</summary>
    public const string Actor = "stillwatch";

    private const string SubjectPrefix = "recipient/";

    private readonly string _directory;
    private readonly NoteSigningKey _key;
    private readonly ConcurrentQueue<Pending> _waiting = new();
    private readonly SemaphoreSlim _turn = new(1);

    private readonly TimeSpan? _patience;

    private DisclosureLog(string directory, NoteSigningKey key, TimeSpan? patience) =>
        (_directory, _key, _patience) = (directory, key, patience);

    /// <summary>Names a log, and looks whether it is one.</summary>
    /// <param name="directory">The log.</param>
    /// <param name="key">Its key, which stays the caller's.</param>
    /// <param name="patience">How long to wait while somebody else writes; null for <see cref="LogWriter.Patience"/>.</param>
    /// <exception cref="InvalidDataException">There is no log, it is not this key's, or it is damaged.</exception>
    public static DisclosureLog Open(string directory, NoteSigningKey key, TimeSpan? patience = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        _ = LogReader.Open(directory, key.VerifierKey);
        return new(directory, key, patience);
    }

    /// <summary>All disclosures that a log records, the earliest first; those of cases too.</summary>
    /// <exception cref="InvalidDataException">There is no log, it is not this key's, or it is damaged.</exception>
    public static IEnumerable<(ulong Index, DecisionEntry Entry)> Read(string directory, NoteVerifierKey key)
    {
        foreach (var (index, bytes) in LogReader.Open(directory, key).Entries())
        {
            if (bytes.Span.IndexOf("\"kind\":\"disclosure\""u8) >= 0
                && DecisionEntry.TryParse(bytes) is { Kind: EntryKind.Disclosure } entry)
            {
                yield return (index, entry);
            }
        }
    }

    /// <inheritdoc/>
    public async Task AppendAsync(Disclosure disclosure, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(disclosure);
        var pending = new Pending(disclosure, disclosure.ToBody());
        _waiting.Enqueue(pending);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Whoever had the turn before may have written this one as well.
            if (!pending.Written.Task.IsCompleted)
            {
                await WriteWaitingAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }

        await pending.Written.Task.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task WriteWaitingAsync(CancellationToken cancellationToken)
    {
        var group = new List<Pending>();
        while (group.Count < LogOptions.DefaultMaxBatchEntries && _waiting.TryDequeue(out var next))
        {
            group.Add(next);
        }

        try
        {
            await using var log = await LogWriter.OpenWaitingAsync(_directory, _key, _patience, cancellationToken).ConfigureAwait(false);
            var entries = group.Select((pending, place) => Entry(pending, log.Size + (ulong)place).Bytes).ToList();
            await log.AppendAsync(entries, cancellationToken).ConfigureAwait(false);
            group.ForEach(static pending => pending.Written.SetResult());
        }
        catch (Exception failure)
        {
            group.ForEach(pending => pending.Written.TrySetException(failure));
        }
    }

    private static DecisionEntry Entry(Pending pending, ulong index) => DecisionEntry.Create(
        string.Create(CultureInfo.InvariantCulture, $"disclosures/{index}"),
        EntryKind.Disclosure,
        $"{SubjectPrefix}{pending.Disclosure.Recipient}",
        Actor,
        pending.Disclosure.GivenAt,
        pending.Body);

    private sealed record Pending(Disclosure Disclosure, JsonObject Body)
    {
        public TaskCompletionSource Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
