using System.Numerics;
using System.Text;

namespace Stillwatch.Interactions.Formats;

/// <summary>
/// Finds which member a UTF-8 name means, without allocation: open addressing, at most a quarter full, so mostly one comparison.
/// </summary>
/// <typeparam name="T">What names mean; <c>default</c> is "none of them".</typeparam>
internal sealed class MemberTable<T>
    where T : struct
{
    private const int Sparseness = 4;

    private readonly (byte[]? Name, T Member)[] _slots;

    /// <param name="members">Distinct names, in ASCII, and what they mean.</param>
    public MemberTable(params ReadOnlySpan<(string Name, T Member)> members)
    {
        _slots = new (byte[]?, T)[BitOperations.RoundUpToPowerOf2((uint)(members.Length * Sparseness + 1))];
        foreach (var (name, member) in members)
        {
            var utf8 = Encoding.ASCII.GetBytes(name);
            var slot = SlotOf(utf8);
            if (_slots[slot].Name is not null)
            {
                throw new ArgumentException($"Two members have the name {name}.", nameof(members));
            }

            _slots[slot] = (utf8, member);
        }
    }

    /// <summary>The names, in no particular order.</summary>
    public IEnumerable<string> Names =>
        _slots.Where(static slot => slot.Name is not null).Select(static slot => Encoding.ASCII.GetString(slot.Name!));

    /// <summary>What the name means; <c>default</c> if nothing.</summary>
    public T Find(ReadOnlySpan<byte> name) => name.IsEmpty ? default : _slots[SlotOf(name)].Member;

    /// <summary>The slot that holds the name, or the empty one where it would be.</summary>
    private int SlotOf(ReadOnlySpan<byte> name)
    {
        var slot = Hash(name) & (_slots.Length - 1);
        while (_slots[slot].Name is { } other && !name.SequenceEqual(other))
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        return slot;
    }

    /// <summary>The length and four bytes tell the members of one object apart well enough; the rest is probing.</summary>
    private static int Hash(ReadOnlySpan<byte> name)
    {
        var bytes = name[0] | (uint)name[^1] << 8 | (uint)name[name.Length / 2] << 16 | (uint)name[name.Length / 4] << 24;
        var mixed = (uint)name.Length * 0x9E3779B1u ^ bytes * 0x85EBCA77u;
        return (int)((mixed ^ mixed >> 15) * 0xC2B2AE3Du >> 16);
    }
}
