using System.Buffers.Binary;
using System.Text;

namespace Stillwatch.Interactions.Formats;

/// <summary>
/// Strings for short UTF-8 values that come again and again (models, user agents, accounts), so that each is allocated once.
/// </summary>
/// <remarks>
/// Direct-mapped: a value has one slot, and the last one there stays. Whoever chooses values can thus make it miss, which
/// costs one allocation each, and can neither make it slower nor larger. Not thread-safe: one a parser.
/// </remarks>
internal sealed class Utf8StringCache
{
    /// <summary>Longer values are not kept.</summary>
    public const int MaxBytes = 128;

    private const int SlotBits = 13;

    private readonly (byte[] Utf8, string Value)[] _slots = new (byte[], string)[1 << SlotBits];

    /// <summary>The string of a value that is valid UTF-8.</summary>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > MaxBytes)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        ref var slot = ref _slots[Slot(utf8)];
        if (slot.Utf8 is null || !utf8.SequenceEqual(slot.Utf8))
        {
            slot = (utf8.ToArray(), Encoding.UTF8.GetString(utf8));
        }

        return slot.Value;
    }

    /// <summary>Mixes the first, middle and last eight bytes and the length: what tells identifiers and versions apart.</summary>
    private static int Slot(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length < sizeof(ulong))
        {
            Span<byte> padded = stackalloc byte[sizeof(ulong)];
            padded.Clear();
            utf8.CopyTo(padded);
            return Mix(BinaryPrimitives.ReadUInt64LittleEndian(padded), (ulong)utf8.Length, 0);
        }

        var first = BinaryPrimitives.ReadUInt64LittleEndian(utf8);
        var middle = BinaryPrimitives.ReadUInt64LittleEndian(utf8[((utf8.Length - sizeof(ulong)) / 2)..]);
        var last = BinaryPrimitives.ReadUInt64LittleEndian(utf8[^sizeof(ulong)..]);
        return Mix(first ^ (ulong)utf8.Length, middle, last);
    }

    /// <summary>Multiplicative hashing with odd constants of high bit dispersion (the golden ratio's and splitmix64's).</summary>
    private static int Mix(ulong a, ulong b, ulong c)
    {
        var mixed = ((a * 0x9E3779B97F4A7C15) ^ ulong.RotateLeft(b, 23)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ mixed >> 29 ^ c) * 0x94D049BB133111EB;
        return (int)(mixed >> (64 - SlotBits));
    }
}
