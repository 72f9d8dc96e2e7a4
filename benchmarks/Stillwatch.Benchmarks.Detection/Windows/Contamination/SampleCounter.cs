using System.Numerics;

namespace Stillwatch.Benchmarks.Detection.Windows.Contamination;

/// <summary>Counts for every sample of a set at once how many of some positions it holds.</summary>
/// <remarks>
/// Vertical counters (Knuth, TAOCP 4A, section 7.1.3): plane p holds bit p of every sample's count, and adding a position is a ripple-carry
/// addition of one bit on whole words, two planes on average. Not safe for several threads.
/// </remarks>
internal sealed class SampleCounter
{
    private readonly SampleSet _samples;
    private readonly ulong[] _planes;
    private readonly int _capacity;

    /// <param name="samples">The samples.</param>
    /// <param name="most">The largest number of positions that are added between two calls of <see cref="Clear"/>.</param>
    public SampleCounter(SampleSet samples, int most)
    {
        _samples = samples;
        _capacity = BitOperations.Log2((uint)Math.Max(1, most)) + 1;
        _planes = new ulong[_capacity * samples.Words];
    }

    /// <summary>Sets all counts to zero.</summary>
    public void Clear() => Array.Clear(_planes);

    /// <summary>Counts a position.</summary>
    public void Add(int position)
    {
        var members = _samples.Holding(position);
        var word = 0;
        for (; word <= members.Length - Vector<ulong>.Count; word += Vector<ulong>.Count)
        {
            var carry = new Vector<ulong>(members[word..]);
            for (var at = word; carry != Vector<ulong>.Zero; at += members.Length)
            {
                var plane = new Vector<ulong>(_planes, at);
                (plane ^ carry).CopyTo(_planes, at);
                carry &= plane;
            }
        }

        for (; word < members.Length; word++)
        {
            var carry = members[word];
            for (var at = word; carry != 0; at += members.Length)
            {
                (_planes[at], carry) = (_planes[at] ^ carry, carry & _planes[at]);
            }
        }
    }

    /// <summary>Adds to each sample's sum the surprise at its count, where that is not below the first that counts.</summary>
    /// <param name="surprises">The surprise at 0, 1, 2, … positions.</param>
    /// <param name="fewest">What <see cref="SurpriseSum.FirstThatCounts"/> gives for them.</param>
    /// <param name="sums">One sum a sample.</param>
    public void AddSurprises(ReadOnlySpan<double> surprises, int fewest, Span<SurpriseSum> sums)
    {
        if (fewest >> _capacity > 0 || fewest >= surprises.Length)
        {
            return;
        }

        for (var word = 0; word < _samples.Words; word++)
        {
            for (var enough = AtLeast(fewest, word); enough != 0; enough &= enough - 1)
            {
                var sample = word * 64 + BitOperations.TrailingZeroCount(enough);
                if (sample < sums.Length)
                {
                    sums[sample].Add(surprises[CountOf(sample)]);
                }
            }
        }
    }

    /// <summary>The count of a sample.</summary>
    public int CountOf(int sample)
    {
        var (count, at) = (0, sample / 64);
        for (var plane = 0; plane < _capacity; plane++, at += _samples.Words)
        {
            count |= (int)(_planes[at] >> (sample % 64) & 1) << plane;
        }

        return count;
    }

    /// <summary>The samples of a word whose count is at least a number: compared from the lowest bit up.</summary>
    private ulong AtLeast(int number, int word)
    {
        var enough = ulong.MaxValue;
        for (var (plane, at) = (0, word); plane < _capacity; plane++, at += _samples.Words)
        {
            enough = (number >> plane & 1) == 1 ? enough & _planes[at] : enough | _planes[at];
        }

        return enough;
    }
}
