using System.Text;

namespace Stillwatch.Interactions.Formats;

/// <summary>Finds which member a UTF-8 name means, without allocation: one probe and one comparison.</summary>
/// <typeparam name="T">What names mean; <c>default</c> is "none of them".</typeparam>
internal sealed class MemberTable<T>
    where T : struct, Enum
{
    private readonly (byte[]? Name, T Member)[] _slots;

    /// <param name="members">Distinct names, in ASCII, and what they mean.</param>
    public MemberTable(params ReadOnlySpan<(string Name, T Member)> members)
    {
        var size = 16;
        while (!TryFill(members, _slots = new (byte[]?, T)[size]))
        {
            size = size < 1 << 16 ? size * 2 : throw new ArgumentException("Two members have the same name.", nameof(members));
        }
    }

    /// <summary>What the name means; <c>default</c> if nothing.</summary>
    public T Find(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
        {
            return default;
        }

        ref readonly var slot = ref _slots[Slot(name, _slots.Length)];
        return name.SequenceEqual(slot.Name) ? slot.Member : default;
    }

    private static bool TryFill(ReadOnlySpan<(string Name, T Member)> members, Span<(byte[]? Name, T Member)> slots)
    {
        foreach (var (name, member) in members)
        {
            var utf8 = Encoding.ASCII.GetBytes(name);
            ref var slot = ref slots[Slot(utf8, slots.Length)];
            if (slot.Name is not null)
            {
                return false;
            }

            slot = (utf8, member);
        }

        return true;
    }

    private static int Slot(ReadOnlySpan<byte> name, int size)
    {
        var mixed = (uint)name.Length * 0x9E3779B1u;
        mixed ^= (name[0] | (uint)name[^1] << 8 | (uint)name[name.Length / 2] << 16 | (uint)name[name.Length / 4] << 24) * 0x85EBCA77u;
        return (int)((mixed ^ mixed >> 15) * 0xC2B2AE3Du >> 16) & (size - 1);
    }
}
