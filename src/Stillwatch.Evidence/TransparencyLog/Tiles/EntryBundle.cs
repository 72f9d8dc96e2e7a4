using System.Buffers;
using System.Buffers.Binary;

namespace Stillwatch.Evidence.TransparencyLog.Tiles;

/// <summary>Entries of a log, each after its length (C2SP tlog-tiles).</summary>
/// <remarks><code>bundle = (uint16 big-endian length || entry) repeated, at most 256 times</code></remarks>
public static class EntryBundle
{
    /// <summary>Bytes of the longest entry.</summary>
    public const int MaxEntryBytes = ushort.MaxValue;

    /// <summary>Bytes of the largest bundle.</summary>
    public const int MaxBytes = TilePath.FullWidth * (sizeof(ushort) + MaxEntryBytes);

    /// <summary>Cuts a bundle.</summary>
    /// <exception cref="InvalidDataException">It does not hold exactly <paramref name="count"/> entries.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Parse(ReadOnlyMemory<byte> bundle, int count)
    {
        var entries = Cut(bundle, count);
        return entries.Count == count
            ? entries
            : throw new InvalidDataException($"The bundle ends within entry {entries.Count} of {count}.");
    }

    /// <summary>Cuts a sequence of entries.</summary>
    /// <exception cref="InvalidDataException">It ends within an entry, or has more than <paramref name="most"/>.</exception>
    internal static List<ReadOnlyMemory<byte>> Cut(ReadOnlyMemory<byte> bundle, int most)
    {
        var entries = new List<ReadOnlyMemory<byte>>();
        for (var rest = bundle; !rest.IsEmpty;)
        {
            if (entries.Count == most)
            {
                throw new InvalidDataException($"The bundle has {rest.Length} bytes after its {most} entries.");
            }

            var length = rest.Length < sizeof(ushort) ? int.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(rest.Span);
            if (length > rest.Length - sizeof(ushort))
            {
                throw new InvalidDataException($"The bundle ends within entry {entries.Count}.");
            }

            entries.Add(rest.Slice(sizeof(ushort), length));
            rest = rest[(sizeof(ushort) + length)..];
        }

        return entries;
    }

    /// <summary>How many bytes the first entries of a bundle take.</summary>
    /// <exception cref="InvalidDataException">It holds fewer.</exception>
    internal static int PrefixLength(ReadOnlySpan<byte> bundle, int count)
    {
        var at = 0;
        for (var i = 0; i < count; i++)
        {
            at += at + sizeof(ushort) <= bundle.Length
                ? sizeof(ushort) + BinaryPrimitives.ReadUInt16BigEndian(bundle[at..])
                : bundle.Length + 1;
            if (at > bundle.Length)
            {
                throw new InvalidDataException($"The bundle has fewer than {count} entries.");
            }
        }

        return at;
    }

    /// <summary>Adds an entry to the end of a bundle.</summary>
    internal static void Append(ArrayBufferWriter<byte> bundle, ReadOnlySpan<byte> entry)
    {
        BinaryPrimitives.WriteUInt16BigEndian(bundle.GetSpan(sizeof(ushort)), checked((ushort)entry.Length));
        bundle.Advance(sizeof(ushort));
        bundle.Write(entry);
    }
}
