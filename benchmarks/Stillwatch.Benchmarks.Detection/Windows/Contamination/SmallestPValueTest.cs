using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Windows.Contamination;

/// <summary>
/// Tests several kinds of evidence at once by the smallest of their p-values, calibrated by random windows from the window and the
/// calibration queries together. Each kind has the same weight, however many statistics it has.
/// </summary>
/// <remarks>
/// Westfall and Young, "Resampling-based multiple testing", 1993: every statistic is computed on the same drawn windows, so the dependence
/// between them is kept. A drawn window counts as the window itself does, which makes the level exact in finite samples. Within a kind the
/// statistics are brought to normal scores (<see cref="NormalScores"/>) and the largest counts; the kinds are compared by ranks, so that
/// one whose scores have a heavy tail does not drown the others. Equal smallest ranks are told apart by the sum of the logarithms of all
/// ranks (Fisher 1925). Safe from any thread.
/// </remarks>
internal sealed class SmallestPValueTest(IReadOnlyList<IEvidence> evidence, int[] calibration, int draws = SmallestPValueTest.DefaultDraws)
    : IWindowTest
{
    /// <summary>
    /// Drawn windows. At a level of 1 % ten of a thousand windows are flagged, which leaves room for the first in rank of each kind.
    /// </summary>
    public const int DefaultDraws = 999;

    private readonly int _statistics = evidence.Sum(static kind => kind.Statistics);

    /// <inheritdoc/>
    public PValue PValueOf(ReadOnlySpan<int> window, ref SeededGenerator generator) =>
        PValueOf(Ranks(window, ref generator), [.. Enumerable.Range(0, evidence.Count)]);

    /// <summary>
    /// One row a kind of evidence: the rank of the window, then of every drawn window, 1 for the most extreme; equal ones share the last.
    /// </summary>
    public int[][] Ranks(ReadOnlySpan<int> window, ref SeededGenerator generator)
    {
        var values = Measure(window, ref generator);
        NormalScores.ReplaceAll(values);
        var ranks = new int[evidence.Count][];
        var first = 0;
        for (var kind = 0; kind < ranks.Length; kind++)
        {
            var (from, count) = (first, evidence[kind].Statistics);
            ranks[kind] = RanksOf(Array.ConvertAll(values, scores => Largest(scores.AsSpan(from, count))));
            first += count;
        }

        return ranks;
    }

    /// <summary>The p-value of the window by some of the kinds.</summary>
    /// <param name="ranks">What <see cref="Ranks"/> gave.</param>
    /// <param name="kinds">Numbers of the kinds that count.</param>
    public static PValue PValueOf(int[][] ranks, IReadOnlyList<int> kinds)
    {
        var windows = ranks[0].Length;
        var (smallest, logarithms) = (new int[windows], new double[windows]);
        for (var i = 0; i < windows; i++)
        {
            smallest[i] = windows;
            foreach (var kind in kinds)
            {
                smallest[i] = Math.Min(smallest[i], ranks[kind][i]);
                logarithms[i] += Math.Log(ranks[kind][i]);
            }
        }

        var asExtreme = 0;
        for (var i = 0; i < windows; i++)
        {
            asExtreme += smallest[i] < smallest[0] || (smallest[i] == smallest[0] && logarithms[i] <= logarithms[0]) ? 1 : 0;
        }

        return PValue.FromProbability((double)asExtreme / windows);
    }

    private static double Largest(ReadOnlySpan<double> scores)
    {
        var largest = double.NegativeInfinity;
        foreach (var score in scores)
        {
            largest = Math.Max(largest, score);
        }

        return largest;
    }

    private static int[] RanksOf(double[] scores)
    {
        var descending = Enumerable.Range(0, scores.Length).OrderByDescending(i => scores[i]).ToArray();
        var ranks = new int[scores.Length];
        for (var place = scores.Length - 1; place >= 0; place--)
        {
            var equalToNext = place + 1 < scores.Length && scores[descending[place]] == scores[descending[place + 1]];
            ranks[descending[place]] = equalToNext ? ranks[descending[place + 1]] : place + 1;
        }

        return ranks;
    }

    private double[][] Measure(ReadOnlySpan<int> window, ref SeededGenerator generator)
    {
        int[] pool = [.. window, .. calibration];
        var positions = Enumerable.Range(0, pool.Length).ToArray();
        generator.Shuffle<int>(positions);
        var shuffled = new int[pool.Length];
        for (var i = 0; i < pool.Length; i++)
        {
            shuffled[positions[i]] = pool[i];
        }

        var samples = new SampleSet(draws + 1, window.Length, pool.Length);
        for (var draw = 0; draw <= draws; draw++)
        {
            samples.Set(draw, positions.AsSpan(0, window.Length));
            RandomSubset.MoveToFront(positions, window.Length, ref generator);
        }

        return Measure(shuffled, samples);
    }

    private double[][] Measure(int[] pool, SampleSet samples)
    {
        var values = new double[samples.Count][];
        for (var sample = 0; sample < values.Length; sample++)
        {
            values[sample] = new double[_statistics];
        }

        var first = 0;
        foreach (var kind in evidence)
        {
            kind.On(pool).Measure(samples, values, first);
            first += kind.Statistics;
        }

        return values;
    }
}
