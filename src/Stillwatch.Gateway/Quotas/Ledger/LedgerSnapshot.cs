using System.Buffers.Binary;
using Stillwatch.Evidence.Storage;

namespace Stillwatch.Gateway.Quotas.Ledger;

/// <summary>A folded state as a file, which stands for all segments up to its own number.</summary>
/// <remarks>
/// <code>
/// file = magic "SWQS0001" sequence(8) start(8) timestamp(8) frequency(8) boot(16) latest(8) length(8) crc(4) records
/// </code>
/// The crc is of the records; each is framed as in a segment. It is written aside and renamed, so it is whole or not there.
/// </remarks>
internal static class LedgerSnapshot
{
    private const int HeaderBytes = 76;

    private static ReadOnlySpan<byte> Magic => "SWQS0001"u8;

    public static void Write(string path, long sequence, JournalAnchor anchor, LedgerState state)
    {
        using var records = new MemoryStream();
        WriteRecords(records, state, anchor.Latest);
        var content = records.GetBuffer().AsSpan(0, (int)records.Length);
        Span<byte> header = stackalloc byte[HeaderBytes];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt64LittleEndian(header[8..], sequence);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], anchor.Start);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], anchor.Timestamp);
        BinaryPrimitives.WriteInt64LittleEndian(header[32..], anchor.Frequency);
        anchor.Boot.TryWriteBytes(header[40..]);
        BinaryPrimitives.WriteInt64LittleEndian(header[56..], anchor.Latest);
        BinaryPrimitives.WriteInt64LittleEndian(header[64..], content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[72..], JournalSegment.Crc(content));
        var aside = $"{path}.new";
        using (var file = new FileStream(aside, FileMode.Create, FileAccess.Write))
        {
            file.Write(header);
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(aside, path, overwrite: true);
        DirectoryEntries.FlushOf(path);
    }

    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static JournalAnchor Read(string path, long sequence, LedgerState state)
    {
        var bytes = File.ReadAllBytes(path).AsSpan();
        if (bytes.Length < HeaderBytes || !bytes.StartsWith(Magic) || BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]) != sequence
            || BinaryPrimitives.ReadInt64LittleEndian(bytes[64..]) != bytes.Length - HeaderBytes
            || BinaryPrimitives.ReadUInt32LittleEndian(bytes[72..]) != JournalSegment.Crc(bytes[HeaderBytes..]))
        {
            throw new InvalidDataException($"{path} is no snapshot of quotas, or it is damaged.");
        }

        for (var rest = bytes[HeaderBytes..]; rest.Length > 0;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
            LedgerRecord.Fold(rest.Slice(sizeof(int), length), state);
            rest = rest[(sizeof(int) + length)..];
        }

        return new(
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[32..]),
            new(bytes.Slice(40, 16)),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[56..]));
    }

    private static void WriteRecords(MemoryStream to, LedgerState state, long now)
    {
        var buffer = new byte[LedgerRecord.MaxBytes];
        Add(to, buffer, LedgerRecord.WriteNext(buffer, state));
        foreach (var cell in state.Cells)
        {
            Add(to, buffer, LedgerRecord.WriteCell(buffer, cell, withSpending: true));
        }

        foreach (var hold in state.Holds)
        {
            Add(to, buffer, LedgerRecord.WriteKept(buffer, hold, now));
        }
    }

    private static void Add(MemoryStream to, byte[] buffer, int length)
    {
        Span<byte> frame = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(frame, length);
        to.Write(frame);
        to.Write(buffer.AsSpan(0, length));
    }
}
