using System.Collections.Concurrent;
using Stillwatch.Simulation.Traffic;
using Stillwatch.Simulation.Writing;

namespace Stillwatch.Simulation;

/// <summary>
/// Writes a simulation as files: <c>interactions.jsonl.gz</c>, <c>accounts.jsonl.gz</c>, <c>truth.jsonl.gz</c> and <c>summary.json</c>.
/// </summary>
/// <remarks>
/// Files appear under their names when they are complete. Equal scenario, seed and scale give equal bytes on any number of threads (the
/// compressed bytes belong to the zlib of the runtime; a newer runtime may compress otherwise).
/// </remarks>
public sealed class SimulationWriter
{
    /// <summary>The file of interactions.</summary>
    public const string InteractionsFile = "interactions.jsonl.gz";

    /// <summary>The file of registrations.</summary>
    public const string AccountsFile = "accounts.jsonl.gz";

    /// <summary>The file of labels.</summary>
    public const string TruthFile = "truth.jsonl.gz";

    /// <summary>The file of counts.</summary>
    public const string SummaryFile = "summary.json";

    private const string UnfinishedSuffix = ".partial";
    private const int LinesPerBlock = 8192;
    private const int FileBufferBytes = 1 << 20;

    private readonly SimulatedTraffic _traffic;
    private readonly ConcurrentBag<RecordLines> _lines = [];

    /// <param name="traffic">What is written.</param>
    public SimulationWriter(SimulatedTraffic traffic)
    {
        ArgumentNullException.ThrowIfNull(traffic);
        _traffic = traffic;
    }

    /// <summary>Writes all files into a directory, which is made if it is not there; files of these names are replaced.</summary>
    /// <param name="directory">Where to.</param>
    /// <param name="progress">Told about every few thousand interactions, on the calling thread.</param>
    /// <param name="cancellation">Ends the writing; unfinished files are removed.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <returns>How many interactions were written.</returns>
    public long Write(string directory, IProgress<SimulationProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        Directory.CreateDirectory(directory);
        var written = 0L;
        WriteFile(directory, InteractionsFile, stream => written = WriteInteractions(stream, progress, cancellation));
        WriteAllButInteractions(directory);
        return written;
    }

    /// <summary>Writes registrations, labels and counts into a directory, for interactions that go elsewhere.</summary>
    /// <param name="directory">Where to; made if it is not there.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void WriteAllButInteractions(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        Directory.CreateDirectory(directory);
        WriteFile(directory, AccountsFile, stream => WriteLines(stream, _traffic.Accounts(), static (to, account) => to.Write(account)));
        WriteFile(directory, TruthFile, stream => WriteLines(stream, _traffic.Truth(), static (to, truth) => to.Write(truth)));
        WriteFile(directory, SummaryFile, stream => SimulationSummary.Write(_traffic, stream));
    }

    /// <summary>Writes the interactions alone, as gzip-compressed lines of JSON.</summary>
    /// <param name="stream">Where to; stays open.</param>
    /// <param name="progress">Told about every few thousand interactions, on the calling thread.</param>
    /// <param name="cancellation">Ends the writing.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <returns>How many interactions were written.</returns>
    public long WriteInteractions(Stream stream, IProgress<SimulationProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var generator = new TrafficGenerator(_traffic.Plan, _traffic.Options.Hours, _traffic.Options.Threads);
        var written = 0L;
        foreach (var (bytes, count, throughMs) in generator.Generate(Compress, cancellation))
        {
            stream.Write(bytes);
            written += count;
            progress?.Report(new(written, _traffic.GeneratedCount, DateTimeOffset.FromUnixTimeMilliseconds(throughMs)));
        }

        return written;
    }

    private (byte[] Bytes, int Count, long ThroughMs) Compress(InteractionComposer composer, ExchangeRun run)
    {
        var lines = _lines.TryTake(out var idle) ? idle : new RecordLines();
        for (var i = 0; i < run.Count; i++)
        {
            lines.Write(composer.Compose(run[i]));
        }

        var bytes = GzipMember.Compress(lines.Written);
        lines.Clear();
        _lines.Add(lines);
        return (bytes, run.Count, _traffic.Plan.StartMs + run[run.Count - 1].TimeMs);
    }

    private static void WriteLines<T>(Stream stream, IEnumerable<T> records, Action<RecordLines, T> write)
    {
        using var lines = new RecordLines();
        foreach (var block in records.Chunk(LinesPerBlock))
        {
            foreach (var record in block)
            {
                write(lines, record);
            }

            stream.Write(GzipMember.Compress(lines.Written));
            lines.Clear();
        }
    }

    private static void WriteFile(string directory, string name, Action<Stream> write)
    {
        var path = Path.Combine(directory, name);
        var unfinished = path + UnfinishedSuffix;
        try
        {
            using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, FileBufferBytes))
            {
                write(stream);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
