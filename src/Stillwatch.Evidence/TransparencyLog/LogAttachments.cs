using System.Globalization;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Storage;
using Stillwatch.Evidence.TransparencyLog.Proofs;
using Stillwatch.Evidence.TransparencyLog.Timestamps;

namespace Stillwatch.Evidence.TransparencyLog;

/// <summary>What others have said about a log's checkpoints, kept beside the log: cosignatures and timestamps.</summary>
/// <remarks>
/// <code>
/// checkpoint.witnessed                 the latest checkpoint with cosignatures
/// timestamps/[size].checkpoint         the bytes that were stamped
/// timestamps/[size].tst                the token, DER
/// </code>
/// Needs no lock of the log: a writer may be at work.
/// </remarks>
public sealed class LogAttachments
{
    private const string WitnessedName = "checkpoint.witnessed";

    private readonly string _directory;
    private readonly IFileOperations _operations;

    /// <summary>Names a log.</summary>
    public LogAttachments(string directory, IFileOperations? files = null)
    {
        _directory = Path.GetFullPath(directory);
        _operations = files ?? DiskFiles.Instance;
    }

    /// <summary>Keeps a checkpoint with cosignatures; returns its path.</summary>
    public string Keep(SignedCheckpoint witnessed)
    {
        ArgumentNullException.ThrowIfNull(witnessed);
        return Put([(Path.Combine(_directory, WitnessedName), witnessed.ToBytes())]);
    }

    /// <summary>Keeps a timestamp with what it is of; returns the token's path.</summary>
    public string Keep(SignedCheckpoint stamped, TimestampToken token)
    {
        ArgumentNullException.ThrowIfNull(stamped);
        ArgumentNullException.ThrowIfNull(token);
        var name = stamped.Checkpoint.Size.ToString(CultureInfo.InvariantCulture);
        var document = Path.Combine(_directory, "timestamps", $"{name}.checkpoint");
        return Put([(document, stamped.ToBytes()), (Path.ChangeExtension(document, "tst"), token.ToBytes())]);
    }

    /// <summary>The latest checkpoint with cosignatures that a policy accepts; null if none is kept.</summary>
    /// <exception cref="InvalidDataException">One is kept, but the policy does not accept it.</exception>
    public SignedCheckpoint? Witnessed(TrustPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        if (_operations.Read(Path.Combine(_directory, WitnessedName), SignedNote.MaxBytes) is not { } bytes)
        {
            return null;
        }

        var checkpoint = SignedCheckpoint.ParseUnverified(bytes);
        return policy.Judge(checkpoint) is var verdict && verdict == CheckpointVerdict.Accepted
            ? checkpoint
            : throw new InvalidDataException($"{WitnessedName} is not accepted by the policy: {verdict}.");
    }

    /// <summary>
    /// The timestamps that are kept, in the order of their sizes; what is no checkpoint of the log with its token is left out.
    /// </summary>
    /// <param name="log">The log's key.</param>
    public IEnumerable<(SignedCheckpoint Stamped, TimestampToken Token)> Timestamps(NoteVerifierKey log)
    {
        var folder = Path.Combine(_directory, "timestamps");
        return _operations.List(folder).Where(static name => name.EndsWith(".tst", StringComparison.Ordinal))
            .Select(name => Read(Path.Combine(folder, name), log)).OfType<(SignedCheckpoint Stamped, TimestampToken Token)>()
            .OrderBy(static pair => pair.Stamped.Checkpoint.Size);
    }

    private (SignedCheckpoint Stamped, TimestampToken Token)? Read(string path, NoteVerifierKey log)
    {
        try
        {
            var document = _operations.Read(Path.ChangeExtension(path, "checkpoint"), SignedNote.MaxBytes);
            var token = _operations.Read(path, TimestampToken.MaxBytes) is { } der ? TimestampToken.Parse(der) : null;
            return document is not null && token is not null ? (SignedCheckpoint.Open(document, log), token) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private string Put(IReadOnlyList<(string Path, byte[] Content)> files)
    {
        var durable = new DurableFiles(_operations, _directory, Path.Combine(_directory, ".stillwatch", "attachments"));
        durable.Prepare();
        using var turn = LogLock.Take(Path.Combine(_directory, ".stillwatch", "attachments.lock"));
        durable.Put(files);
        return files[^1].Path;
    }
}
