namespace Stillwatch.Provenance.Watermarking;

/// <summary>A growing set of 64-bit fingerprints in one array; several times as fast as the general set. One writer.</summary>
internal sealed class FingerprintSet
{
    private ulong[] _slots = new ulong[1 << 4];
    private int _count;
    private bool _hasZero;

    /// <summary>Whether the fingerprint was not there yet.</summary>
    public bool Add(ulong fingerprint)
    {
        if (fingerprint == 0)
        {
            var isNew = !_hasZero;
            _hasZero = true;
            return isNew;
        }

        if (!Place(_slots, fingerprint))
        {
            return false;
        }

        if (++_count > _slots.Length / 2)
        {
            Grow();
        }

        return true;
    }

    private static bool Place(ulong[] slots, ulong fingerprint)
    {
        // Fibonacci hashing: identities of drawn lists are small numbers, whose low bits would crowd.
        var mask = slots.Length - 1;
        var slot = (int)((fingerprint * 0x9e3779b97f4a7c15) >> 32) & mask;
        while (slots[slot] != 0)
        {
            if (slots[slot] == fingerprint)
            {
                return false;
            }

            slot = (slot + 1) & mask;
        }

        slots[slot] = fingerprint;
        return true;
    }

    private void Grow()
    {
        var larger = new ulong[2 * _slots.Length];
        foreach (var fingerprint in _slots)
        {
            if (fingerprint != 0)
            {
                Place(larger, fingerprint);
            }
        }

        _slots = larger;
    }
}
