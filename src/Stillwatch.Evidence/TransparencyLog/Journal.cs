using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.Storage;
using Stillwatch.Evidence.TransparencyLog.Tiles;

namespace Stillwatch.Evidence.TransparencyLog;

/// <summary>What was acknowledged but is not under the published checkpoint yet: one write and one flush a batch.</summary>
/// <remarks>
/// <code>
/// record = u32 big-endian length of payload || SHA-256(payload) || payload
/// payload = u32 big-endian length of note || signed checkpoint after the batch || its entries as in a bundle
/// </code>
/// Two files take turns. They are written over from their beginning, so that a flush need not wait for new blocks; records of earlier
/// turns that still stand behind are known by the size of the tree that they name. Not thread-safe.
/// </remarks>
internal sealed class Journal(IFileOperations operations, string directory)
{
    /// <summary>Bytes that a file has from the start.</summary>
    public const int InitialBytes = 1 << 20;

    /// <summary>Bytes of records after which the writer waits until they are published.</summary>
    private const int FullBytes = 64 << 20;

    private const int MaxBytes = 1 << 30;
    private const int HeadLength = sizeof(uint) + SHA256.HashSizeInBytes;

    private static readonly string[] Names = ["journal.0", "journal.1"];

    private readonly ArrayBufferWriter<byte> _record = new();
    private int _current;
    private long _offset;

    /// <summary>Whether so much waits for publication that the writer should wait too.</summary>
    public bool IsFull => _offset >= FullBytes;

    /// <summary>Makes the files, or cuts them to their first length; nothing in them is needed any more.</summary>
    public void Prepare(DurableFiles files)
    {
        foreach (var path in Names.Select(At))
        {
            if (operations.Length(path) != InitialBytes)
            {
                files.Put(path, new byte[InitialBytes]);
            }
        }
    }

    /// <summary>Adds a batch; on return it is on the disk.</summary>
    public void Append(SignedCheckpoint after, IEnumerable<ReadOnlyMemory<byte>> entries)
    {
        _record.ResetWrittenCount();
        _record.GetSpan(HeadLength);
        _record.Advance(HeadLength);
        var note = after.ToBytes();
        BinaryPrimitives.WriteUInt32BigEndian(_record.GetSpan(sizeof(uint)), (uint)note.Length);
        _record.Advance(sizeof(uint));
        _record.Write(note);
        foreach (var entry in entries)
        {
            EntryBundle.Append(_record, entry.Span);
        }

        var record = MemoryMarshal.AsMemory(_record.WrittenMemory).Span;
        BinaryPrimitives.WriteUInt32BigEndian(record, (uint)(record.Length - HeadLength));
        SHA256.HashData(record[HeadLength..], record[sizeof(uint)..]);
        operations.WriteAt(At(Names[_current]), _offset, record);
        _offset += record.Length;
    }

    /// <summary>Goes on in the other file, whose records are published; those of this one are about to be.</summary>
    public void TakeTurn() => (_current, _offset) = (1 - _current, 0);

    /// <summary>
    /// Every whole record of both files that leads beyond a tree and that the log's key has signed, by the size of the tree that it
    /// begins at.
    /// </summary>
    /// <param name="published">The size of that tree: what earlier turns have left names smaller ones.</param>
    /// <param name="key">The log's key.</param>
    public IReadOnlyList<JournalRecord> Read(ulong published, NoteVerifierKey key) =>
        [.. Names.SelectMany(name => Cut(operations.Read(At(name), MaxBytes), published, key)).OrderBy(record => record.Start)];

    private static IEnumerable<JournalRecord> Cut(ReadOnlyMemory<byte> rest, ulong published, NoteVerifierKey key)
    {
        while (rest.Length > HeadLength
            && BinaryPrimitives.ReadUInt32BigEndian(rest.Span) is > sizeof(uint) and var length && length <= rest.Length - HeadLength)
        {
            var payload = rest.Slice(HeadLength, (int)length);
            var isWhole = SHA256.HashData(payload.Span).AsSpan().SequenceEqual(rest.Span[sizeof(uint)..HeadLength]);
            if (isWhole && Parse(payload, published, key) is { } record)
            {
                yield return record;
            }

            // A torn record ends the journal of a crash, but one that rotted must not hide those after it.
            rest = rest[(HeadLength + (int)length)..];
        }
    }

    /// <summary>A record of whole bytes; null if it is published or not of this log.</summary>
    private static JournalRecord? Parse(ReadOnlyMemory<byte> payload, ulong published, NoteVerifierKey key)
    {
        try
        {
            var noteLength = (int)BinaryPrimitives.ReadUInt32BigEndian(payload.Span);
            var note = payload.Span.Slice(sizeof(uint), noteLength);
            if (SignedCheckpoint.ParseUnverified(note).Checkpoint.Size <= published)
            {
                return null;
            }

            return new(SignedCheckpoint.Open(note, key), EntryBundle.Cut(payload[(sizeof(uint) + noteLength)..], int.MaxValue));
        }
        catch (Exception foreign) when (foreign is InvalidDataException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private string At(string name) => Path.Combine(directory, name);
}
