namespace Stillwatch.Provenance.Watermarking;

/// <summary>What decides the colour of one token in its context, whatever the key.</summary>
/// <param name="List">Contexts of equal value share their green list.</param>
/// <param name="Pair">Pairs of equal value always have the same colour, so that only the first of them is evidence.</param>
public readonly record struct PairIdentity(ulong List, ulong Pair)
{
    /// <summary>
    /// The identity of pairs that share nothing: hashes of the ids. Two pairs meet with probability of about 2^-64, and then one is left
    /// out, which costs evidence but not validity.
    /// </summary>
    internal static PairIdentity Of(ReadOnlySpan<int> context, int token)
    {
        var list = 0x9e3779b97f4a7c15ul;
        foreach (var id in context)
        {
            list = Step(list, id);
        }

        return new(list, Step(list ^ 0x2545f4914f6cdd1d, token));
    }

    private static ulong Step(ulong hash, int id)
    {
        hash = (hash ^ (uint)id) * 0xd6e8feb86659fd93;
        hash ^= hash >> 32;
        hash *= 0xd6e8feb86659fd93;
        return hash ^ (hash >> 29);
    }
}
