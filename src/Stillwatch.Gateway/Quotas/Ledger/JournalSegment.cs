using System.Buffers.Binary;
using System.Numerics;
using Microsoft.Win32.SafeHandles;
using Stillwatch.Evidence.Storage;

namespace Stillwatch.Gateway.Quotas.Ledger;

/// <summary>
/// One file of the journal, mapped into memory: a record is in the kernel's hands once it is copied, without a system call.
/// </summary>
/// <remarks>
/// <code>
/// file   = magic "SWQJ0001" sequence start timestamp frequency boot(16) crc 0*  64 bytes; all numbers little-endian, 8 bytes, crc 4
/// record = length(4) crc(4) payload                                             a length of 0 ends the file
/// </code>
/// CRCs are CRC-32C. The blocks are allocated and written before the file is used, so that a full disk fails in the making and not in
/// the middle of a copy. Only a window of the file is mapped at a time, so that a long file takes no more memory than a short one. A
/// killed process loses nothing that was copied; a loss of power loses what was copied since the last flush.
/// </remarks>
internal sealed class JournalSegment : IDisposable
{
    public const int HeaderBytes = 64;
    public const int FrameBytes = 8;

    private const int BootAt = 40;
    private const int CheckAt = 56;

    private static ReadOnlySpan<byte> Magic => "SWQJ0001"u8;

    /// <summary>How much is mapped. Each record lies within one window; the next begins where the last record ends.</summary>
    private const int WindowBytes = 1 << 20;

    private readonly SafeFileHandle _file;
    private readonly long _bytes;
    private readonly byte[] _frame = new byte[FrameBytes];
    private MappedWindow _window;
    private long _end = HeaderBytes;

    private JournalSegment(string path, long sequence, SafeFileHandle file)
    {
        (Path, Sequence, _file, _bytes) = (path, sequence, file, RandomAccess.GetLength(file));
        _window = Open(0);
    }

    public string Path { get; }

    public long Sequence { get; }

    /// <summary>Makes a file that is ready to be begun.</summary>
    /// <exception cref="IOException">The disk is full or does not write.</exception>
    public static JournalSegment Create(string path, long sequence, int bytes)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite,
            PreallocationSize = bytes,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            BufferSize = 0,
        };
        using (var file = new FileStream(path, options))
        {
            var zeros = new byte[64 * 1024];
            for (var left = bytes; left > 0; left -= zeros.Length)
            {
                file.Write(zeros.AsSpan(0, Math.Min(left, zeros.Length)));
            }

            file.Flush(flushToDisk: true);
        }

        return new(path, sequence, File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete));
    }

    /// <summary>Writes the header: from now on the file counts.</summary>
    public void Begin(LedgerClock clock, Guid boot, long now)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        header.Clear();
        Magic.CopyTo(header);
        var (timestamp, frequency) = clock.Anchor;
        BinaryPrimitives.WriteInt64LittleEndian(header[8..], Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], clock.Start);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], timestamp);
        BinaryPrimitives.WriteInt64LittleEndian(header[32..], frequency);
        boot.TryWriteBytes(header[BootAt..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[CheckAt..], Crc(header[..CheckAt]));
        _window.Write(header, 0);
        Latest = now;
    }

    /// <summary>Ledger time of the last record.</summary>
    public long Latest { get; private set; }

    /// <summary>Copies a record; false if it does not fit.</summary>
    public bool Append(ReadOnlySpan<byte> payload)
    {
        // The zero length after the last record must fit as well.
        var taken = FrameBytes + payload.Length + sizeof(int);
        if (_end + taken > _bytes)
        {
            return false;
        }

        if (!_window.Holds(_end, taken))
        {
            var next = Open(_end);
            _window.Dispose();
            _window = next;
        }

        BinaryPrimitives.WriteInt32LittleEndian(_frame, payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(_frame.AsSpan(sizeof(int)), Crc(payload));
        _window.Write(payload, _end + FrameBytes);
        _window.Write(_frame, _end);
        _end += FrameBytes + payload.Length;
        return true;
    }

    /// <summary>Brings what was copied to the disk. May run beside <see cref="Append"/>.</summary>
    public void Flush() => FileContent.Flush(_file, Path);

    public void Dispose()
    {
        _window.Dispose();
        _file.Dispose();
    }

    /// <summary>Folds a file into a state.</summary>
    /// <returns>
    /// The clock that wrote it, null if the file was never begun; and whether it ends as a file that was written in full ends.
    /// </returns>
    /// <exception cref="InvalidDataException">A record that passes its check makes no sense.</exception>
    public static (JournalAnchor? Anchor, bool IsWhole) Fold(string path, long sequence, LedgerState state)
    {
        var bytes = File.ReadAllBytes(path).AsSpan();
        if (bytes.Length < HeaderBytes || bytes[..HeaderBytes].IndexOfAnyExcept((byte)0) < 0)
        {
            return (null, true);
        }

        if (!bytes.StartsWith(Magic) || BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]) != sequence
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[CheckAt..]) != Crc(bytes[..CheckAt]))
        {
            throw new InvalidDataException($"{path} is no journal of quotas, or its header is damaged.");
        }

        var isWhole = FoldRecords(bytes[HeaderBytes..], state);
        var start = BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]);
        var (timestamp, frequency) =
            (BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]));
        return (new(start, timestamp, frequency, new(bytes.Slice(BootAt, 16)), Math.Max(start, state.Latest)), isWhole);
    }

    /// <summary>Whether a file has a header, so that records may follow.</summary>
    public static bool IsBegun(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> header = stackalloc byte[HeaderBytes];
        return file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) == HeaderBytes && header.IndexOfAnyExcept((byte)0) >= 0;
    }

    private MappedWindow Open(long start) => MappedWindow.Open(_file, start, (int)Math.Min(WindowBytes, _bytes - start));

    private static bool FoldRecords(ReadOnlySpan<byte> rest, LedgerState state)
    {
        while (rest.Length >= FrameBytes && BinaryPrimitives.ReadInt32LittleEndian(rest) is var length && length != 0)
        {
            var isInside = length > 0 && length <= Math.Min(rest.Length - FrameBytes, LedgerRecord.MaxBytes);
            if (!isInside || BinaryPrimitives.ReadUInt32LittleEndian(rest[sizeof(int)..]) != Crc(rest.Slice(FrameBytes, length)))
            {
                return false;
            }

            LedgerRecord.Fold(rest.Slice(FrameBytes, length), state);
            rest = rest[(FrameBytes + length)..];
        }

        return true;
    }

    /// <summary>CRC-32C (Castagnoli), eight bytes at a time by the processor's own instruction.</summary>
    internal static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
