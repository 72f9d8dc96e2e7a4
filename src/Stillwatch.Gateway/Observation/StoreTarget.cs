using Stillwatch.Gateway.Configuration;
using Stillwatch.Interactions.Reading;
using Stillwatch.Store;

namespace Stillwatch.Gateway.Observation;

/// <summary>Puts interactions into a store by its ordinary ingest, which stores each of them once.</summary>
internal sealed class StoreTarget : IInteractionTarget
{
    /// <summary>Room for members that the record has beside the request's body.</summary>
    private const int RecordOverhead = 64 << 10;

    private readonly InteractionStore _store;
    private readonly IngestOptions _ingest;
    private readonly string _rejects;

    private StoreTarget(InteractionStore store, GatewayOptions options)
    {
        _store = store;
        _rejects = Path.Combine(options.Observation.Spool, "rejected.jsonl");
        var longest = Math.Min(1 << 30, options.Limits.MaxRequestBytes + options.Limits.MaxEventBytes + RecordOverhead);
        _ingest = new() { Workers = 1, Reader = new() { Format = InputFormat.Native, MaxLineBytes = (int)longest } };
    }

    /// <summary>Opens the store.</summary>
    /// <exception cref="Stillwatch.Store.Engine.StoreUnavailableException">It cannot be opened; the message says why.</exception>
    public static async Task<StoreTarget> OpenAsync(GatewayOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var chosen = new StoreOptions { Content = options.Observation.Content, Time = time };
        var store = await InteractionStore.OpenAsync(options.Observation.Store, chosen, cancellationToken).ConfigureAwait(false);
        return new(store, options);
    }

    /// <inheritdoc/>
    public async Task<long> StoreAsync(ReadOnlyMemory<byte> lines, int count, CancellationToken cancellationToken)
    {
        var bytes = lines.ToArray();
        var summary = await _store.IngestAsync(
            [InputFile.FromBytes(0, "the spool", bytes)], _ingest, cancellationToken: cancellationToken).ConfigureAwait(false);
        var rejected = count - summary.Interactions;
        if (rejected > 0)
        {
            Keep(bytes);
        }

        return rejected;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _store.DisposeAsync();

    /// <summary>What the store does not understand is a defect of the gateway: the whole batch stays, for a person to look at.</summary>
    private void Keep(byte[] lines)
    {
        using var file = new FileStream(_rejects, new FileStreamOptions
        {
            Mode = FileMode.Append,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        file.Write(lines);
        file.Flush(flushToDisk: true);
    }
}
