namespace Stillwatch.Benchmarks.Detection.Windows.Contamination;

/// <summary>Which queries of a pool are in a sample: their positions, and the same as bits.</summary>
internal readonly ref struct Membership
{
    private Membership(ReadOnlySpan<int> positions, ReadOnlySpan<ulong> bits)
    {
        Positions = positions;
        Bits = bits;
    }

    public ReadOnlySpan<int> Positions { get; }

    public ReadOnlySpan<ulong> Bits { get; }

    public int this[int position] => (int)(Bits[position >> 6] >> (position & 63) & 1);

    public static int WordsFor(int pool) => (pool + 63) / 64;

    /// <param name="positions">Distinct positions in the pool.</param>
    /// <param name="bits">Room for one bit a position of the pool; overwritten.</param>
    public static Membership Of(ReadOnlySpan<int> positions, Span<ulong> bits)
    {
        bits.Clear();
        foreach (var position in positions)
        {
            bits[position >> 6] |= 1UL << (position & 63);
        }

        return new(positions, bits);
    }
}
