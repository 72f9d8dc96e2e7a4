namespace Stillwatch.Benchmarks.Detection.Windows.Contamination;

/// <summary>Samples of one pool: the positions of each, and for each position the samples that hold it as bits.</summary>
/// <remarks>
/// With a bit a sample, one instruction counts for as many samples as a register has bits. Safe from any thread once filled.
/// </remarks>
internal sealed class SampleSet
{
    private const int BitsAWord = 64;

    private readonly int[] _positions;
    private readonly ulong[] _members;
    private readonly int _size;

    /// <param name="count">Number of samples.</param>
    /// <param name="size">Queries in a sample.</param>
    /// <param name="pool">Queries in the pool.</param>
    public SampleSet(int count, int size, int pool)
    {
        (Count, _size, Pool) = (count, size, pool);
        Words = (count + BitsAWord - 1) / BitsAWord;
        _positions = new int[count * size];
        _members = new ulong[pool * Words];
    }

    /// <summary>Number of samples.</summary>
    public int Count { get; }

    /// <summary>Queries in the pool.</summary>
    public int Pool { get; }

    /// <summary>Words that hold one bit a sample.</summary>
    public int Words { get; }

    /// <summary>The positions of a sample.</summary>
    public ReadOnlySpan<int> Positions(int sample) => _positions.AsSpan(sample * _size, _size);

    /// <summary>The samples that hold a position: bit b of word w is sample 64 w + b.</summary>
    public ReadOnlySpan<ulong> Holding(int position) => _members.AsSpan(position * Words, Words);

    /// <summary>Fills in a sample, once.</summary>
    /// <param name="sample">Its number.</param>
    /// <param name="positions">Distinct positions.</param>
    public void Set(int sample, ReadOnlySpan<int> positions)
    {
        positions.CopyTo(_positions.AsSpan(sample * _size, _size));
        foreach (var position in positions)
        {
            _members[position * Words + sample / BitsAWord] |= 1UL << (sample % BitsAWord);
        }
    }
}
