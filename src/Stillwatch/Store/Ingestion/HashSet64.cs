using System.Numerics;
using System.Security.Cryptography;

namespace Stillwatch.Store.Ingestion;

/// <summary>A set of 64-bit hashes, none of them 0: open addressing with linear probing, at most three quarters full.</summary>
/// <remarks>
/// Members are hashes of values that clients choose, and the hash is not secret: a client who makes values whose hashes fall into one
/// place slows the set down. The place is therefore taken from the hash times a secret of the process.
/// </remarks>
internal sealed class HashSet64
{
    private const int LeastSlots = 1 << 10;

    private static readonly ulong Secret = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;

    private ulong[] _slots;
    private int _shift;

    /// <param name="expected">How many members it holds without growing.</param>
    public HashSet64(int expected = 0)
    {
        var slots = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(LeastSlots, expected + expected / 3 + 1));
        _slots = new ulong[slots];
        _shift = 64 - BitOperations.Log2((uint)slots);
    }

    /// <summary>Members.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a member.</summary>
    /// <returns>False if it was there already.</returns>
    public bool Add(ulong hash)
    {
        var place = Find(hash);
        if (_slots[place] == hash)
        {
            return false;
        }

        _slots[place] = hash;
        Count++;
        if (Count > _slots.Length / 4 * 3)
        {
            Grow();
        }

        return true;
    }

    /// <summary>Whether it is a member.</summary>
    public bool Contains(ulong hash) => _slots[Find(hash)] == hash;

    /// <summary>Makes it empty; keeps its memory.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        Count = 0;
    }

    private int Find(ulong hash)
    {
        var slots = _slots;
        var place = (int)(hash * Secret >> _shift);
        while (slots[place] != 0 && slots[place] != hash)
        {
            place = (place + 1) & (slots.Length - 1);
        }

        return place;
    }

    private void Grow()
    {
        var old = _slots;
        _slots = new ulong[old.Length * 2];
        _shift--;
        foreach (var hash in old)
        {
            if (hash != 0)
            {
                _slots[Find(hash)] = hash;
            }
        }
    }
}
