using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Stillwatch.Evidence.Merkle;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Storage;

namespace Stillwatch.Evidence.TransparencyLog.Witnessing;

/// <summary>Cosigns checkpoints of logs as long as each is consistent with the one before (C2SP tlog-witness v1.0.0).</summary>
/// <remarks>
/// One request is looked at after the other: between the comparison with the last cosigned size and the write of the new one no other
/// can come, and the answer leaves only once the new checkpoint is on the disk. So no cosigned tree is ever rolled back.
/// The state is one file a log, <c>[hex SHA-256 of the origin]/checkpoint</c>. Thread-safe.
/// </remarks>
public sealed class Witness : IDisposable
{
    private const string CheckpointName = "checkpoint";
    private const string StateName = ".stillwatch";

    private readonly string _directory;
    private readonly DurableFiles _files;
    private readonly LogLock _processLock;
    private readonly Lock _turn = new();
    private readonly NoteSigningKey _key;
    private readonly ILookup<string, NoteVerifierKey> _logs;
    private readonly TimeProvider _time;

    /// <summary>Takes up the work of a witness in a directory.</summary>
    /// <param name="directory">Where its state is; made if it does not exist.</param>
    /// <param name="key">Its cosignature key. It stays the caller's.</param>
    /// <param name="logs">Keys of the logs it knows; a log may have several.</param>
    /// <param name="time">The time it signs.</param>
    /// <param name="files">Null for the disk.</param>
    /// <exception cref="IOException">Another process is this witness.</exception>
    public Witness(
        string directory, NoteSigningKey key, IEnumerable<NoteVerifierKey> logs, TimeProvider time, IFileOperations? files = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        _directory = Path.GetFullPath(directory);
        _key = key;
        _logs = logs.ToLookup(log => log.Name, StringComparer.Ordinal);
        _time = time;
        Directory.CreateDirectory(_directory);
        _files = new(files ?? DiskFiles.Instance, _directory, Path.Combine(_directory, StateName, "temporary"));
        _files.Prepare();
        _processLock = LogLock.Take(Path.Combine(_directory, StateName, "lock"));
        try
        {
            _files.RemoveTemporary();
        }
        catch
        {
            _processLock.Dispose();
            throw;
        }
    }

    /// <summary>Answers a request.</summary>
    /// <exception cref="IOException">The state could not be kept: no cosignature leaves.</exception>
    public WitnessAnswer AddCheckpoint(ReadOnlySpan<byte> body)
    {
        AddCheckpointRequest request;
        try
        {
            request = AddCheckpointRequest.Parse(body);
        }
        catch (InvalidDataException fault)
        {
            return WitnessAnswer.Text(400, $"{fault.Message}\n");
        }

        if (Refusal(request) is { } refusal)
        {
            return refusal;
        }

        lock (_turn)
        {
            return Update(request);
        }
    }

    /// <summary>The checkpoint that was cosigned last; null for a log that is not known or was never cosigned.</summary>
    /// <param name="originHash">SHA-256 of the log's origin in lower-case hexadecimal.</param>
    public byte[]? Latest(string originHash) => _logs.FirstOrDefault(log => Hash(log.Key) == originHash) is { } log
        ? _files.Operations.Read(StatePath(log.Key), SignedNote.MaxBytes)
        : null;

    /// <summary>Gives the directory to the next process.</summary>
    public void Dispose() => _processLock.Dispose();

    /// <summary>What can be said without the state.</summary>
    private WitnessAnswer? Refusal(AddCheckpointRequest request)
    {
        var checkpoint = request.Checkpoint.Checkpoint;
        NoteVerifierKey[] keys = [.. _logs[checkpoint.Origin]];
        return keys switch
        {
            [] => WitnessAnswer.Text(404, "This witness does not know the log.\n"),
            _ when request.Checkpoint.Note.Verify(keys) != NoteVerdict.Verified =>
                WitnessAnswer.Text(403, "The checkpoint is not signed by a key of the log.\n"),
            _ when request.OldSize > checkpoint.Size =>
                WitnessAnswer.Text(400, string.Create(
                    CultureInfo.InvariantCulture, $"The old size {request.OldSize} is larger than the new one, {checkpoint.Size}.\n")),
            _ => null,
        };
    }

    private WitnessAnswer Update(AddCheckpointRequest request)
    {
        var checkpoint = request.Checkpoint.Checkpoint;
        var latest = ReadLatest(checkpoint.Origin);
        if (request.OldSize != (latest?.Size ?? 0))
        {
            return new(409, WitnessAnswer.SizeType, string.Create(CultureInfo.InvariantCulture, $"{latest?.Size ?? 0}\n"));
        }

        if (!IsConsistent(latest?.Root ?? Rfc6962.Empty, request))
        {
            return WitnessAnswer.Text(422, "The trees are not consistent.\n");
        }

        var cosignature = _key.Cosign(request.Checkpoint.Note.Text, _time.GetUtcNow());
        var kept = request.Checkpoint.Note.Signatures.Where(signature => _logs[checkpoint.Origin].Any(signature.IsOf));
        _files.Put(StatePath(checkpoint.Origin), new SignedNote(request.Checkpoint.Note.Text, [.. kept, cosignature]).ToBytes());
        return WitnessAnswer.Text(200, cosignature.ToString());
    }

    /// <summary>A tree of the same size has the same root; every tree begins with the empty one, of which no proof is sent.</summary>
    private static bool IsConsistent(MerkleHash oldRoot, AddCheckpointRequest request)
    {
        var (size, root) = (request.Checkpoint.Checkpoint.Size, request.Checkpoint.Checkpoint.Root);
        if (request.OldSize == 0 || request.OldSize == size)
        {
            return request.Proof.Count == 0 && (request.OldSize != size || root == oldRoot);
        }

        return MerkleVerifier.Consistency(request.OldSize, size, oldRoot, root, request.Proof);
    }

    /// <summary>The state is believed only as far as the witness itself has signed it.</summary>
    private Checkpoint? ReadLatest(string origin)
    {
        if (_files.Operations.Read(StatePath(origin), SignedNote.MaxBytes) is not { } bytes)
        {
            return null;
        }

        var state = SignedCheckpoint.ParseUnverified(bytes);
        return state.Note.Verify([_key.VerifierKey]) == NoteVerdict.Verified && state.Checkpoint.Origin == origin
            ? state.Checkpoint
            : throw new InvalidDataException($"{StatePath(origin)} is not what this witness has signed for {origin}.");
    }

    private string StatePath(string origin) => Path.Combine(_directory, Hash(origin), CheckpointName);

    private static string Hash(string origin) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)));
}
