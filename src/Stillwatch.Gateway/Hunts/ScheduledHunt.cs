using Stillwatch.Campaigns;
using Stillwatch.Evidence.Sharing.Stix.Import;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Responses;
using Stillwatch.Hunting;
using Stillwatch.Interactions.Reading;
using Stillwatch.Store;

namespace Stillwatch.Gateway.Hunts;

/// <summary>Hunts through what a gateway recorded, again and again, and makes the log of decisions follow. Not thread-safe.</summary>
/// <remarks>
/// A round reads what is new in the gateway's logs into the store, hunts, writes the findings to their file, and only then decides. A round
/// that fails before that has changed nothing but what is stored; one that is killed while deciding is completed by the next, because
/// the same findings applied again do only what is lacking.
/// </remarks>
/// <param name="options">How often, and where.</param>
/// <param name="limits">How long a recorded interaction may be.</param>
/// <param name="desk">What decides.</param>
/// <param name="actor">Under which name.</param>
public sealed class ScheduledHunt(HuntingOptions options, LimitOptions limits, ResponseDesk desk, string actor)
{
    /// <summary>Room for members that a record has beside the bodies.</summary>
    private const int RecordOverhead = 64 << 10;

    private readonly Dictionary<string, long> _read = new(StringComparer.Ordinal);

    /// <summary>Runs one round.</summary>
    /// <param name="progress">Told of the hunt's stages.</param>
    /// <param name="cancellationToken">Ends it; what it has not decided by then it does not decide.</param>
    /// <exception cref="Stillwatch.Store.Engine.StoreUnavailableException">The store cannot be opened.</exception>
    /// <exception cref="IOException">Logs, findings or decisions cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">A bundle or the log of decisions cannot be used.</exception>
    public async Task<HuntRound> RunAsync(IProgress<HuntStage>? progress, CancellationToken cancellationToken)
    {
        var indicators = await IndicatorsAsync(cancellationToken).ConfigureAwait(false);
        var store = await InteractionStore.OpenAsync(options.Store, cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            var (read, rejected) = await ReadAsync(store, cancellationToken).ConfigureAwait(false);
            var hunt = new Hunt(store, new HuntOptions { Indicators = indicators.Indicators });
            var found = await hunt.RunAsync(progress, cancellationToken).ConfigureAwait(false);
            await WriteAsync(found.Findings, cancellationToken).ConfigureAwait(false);
            var plan = await desk.ApplyAsync(found.Findings, actor, liftCleared: false, cancellationToken).ConfigureAwait(false);
            return new(found.Findings, plan, read, rejected);
        }
    }

    private async Task<IndicatorImport> IndicatorsAsync(CancellationToken cancellationToken)
    {
        var bundles = new List<ReceivedBundle>();
        foreach (var path in options.Indicators)
        {
            var file = File.OpenRead(path);
            await using (file.ConfigureAwait(false))
            {
                bundles.Add(await ReceivedBundle.ReadAsync(file, path, cancellationToken).ConfigureAwait(false));
            }
        }

        return IndicatorImport.Of(bundles);
    }

    /// <summary>Reads the logs that have grown. After a restart all are read; the store keeps one of each interaction.</summary>
    private async Task<(long Read, long Rejected)> ReadAsync(InteractionStore store, CancellationToken cancellationToken)
    {
        if (options.Logs is not { } directory || !Directory.Exists(directory))
        {
            return default;
        }

        var grown = Directory.EnumerateFiles(directory, "*.jsonl").Select(static path => (Path: path, new FileInfo(path).Length))
            .Where(file => _read.GetValueOrDefault(file.Path) != file.Length)
            .OrderBy(static file => file.Path, StringComparer.Ordinal).ToList();
        if (grown.Count == 0)
        {
            return default;
        }

        var longest = Math.Min(1 << 30, limits.MaxRequestBytes + limits.MaxEventBytes + RecordOverhead);
        var ingest = new IngestOptions { Reader = new() { Format = InputFormat.Native, MaxLineBytes = (int)longest } };
        var files = grown.Select(static (file, i) => InputFile.FromPath(i, file.Path)).ToList();
        var summary = await store.IngestAsync(files, ingest, cancellationToken: cancellationToken).ConfigureAwait(false);
        foreach (var (path, length) in grown)
        {
            _read[path] = length;
        }

        return (summary.Stored, summary.Faults.Rejected.Total);
    }

    private async Task WriteAsync(Findings findings, CancellationToken cancellationToken)
    {
        if (options.Findings is not { } target)
        {
            return;
        }

        var partial = $"{target}.partial";
        var file = new FileStream(partial, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        await using (file.ConfigureAwait(false))
        {
            await FindingsJson.WriteAsync(file, findings, cancellationToken).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }

        File.Move(partial, target, overwrite: true);
    }
}
