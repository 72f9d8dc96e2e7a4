namespace Stillwatch.Provenance.Watermarking;

/// <summary>
/// Green lists that are the first part of a permutation of the vocabulary, drawn from a seed and kept as long as there is room.
/// </summary>
internal sealed class PermutedLists(int vocabulary, int greenTokens)
{
    /// <summary>All kept lists together take at most this many bits.</summary>
    private const long Room = 1L << 29;

    private readonly Dictionary<uint, ulong[]> _lists = [];

    public bool Contains(ulong seed, int token)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(token);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, vocabulary);
        var list = ListOf((uint)seed);
        return ((list[token >> 6] >> token) & 1) != 0;
    }

    private ulong[] ListOf(uint seed)
    {
        if (_lists.TryGetValue(seed, out var list))
        {
            return list;
        }

        if ((_lists.Count + 1L) * vocabulary > Room)
        {
            _lists.Clear();
        }

        list = new ulong[(vocabulary + 63) / 64];
        foreach (var token in new TorchGenerator(seed).Permutation(vocabulary, greenTokens))
        {
            list[token >> 6] |= 1UL << token;
        }

        _lists.Add(seed, list);
        return list;
    }
}
