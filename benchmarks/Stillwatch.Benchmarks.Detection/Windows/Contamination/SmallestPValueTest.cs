using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Windows.Contamination;

/// <summary>
/// Tests several kinds of evidence at once by the smallest of their p-values, calibrated by random windows from the window and the
/// calibration queries together. Each kind has the same weight, however many statistics it has.
/// </summary>
/// <remarks>
/// Westfall and Young, "Resampling-based multiple testing", 1993: every statistic is computed on the same drawn windows, so the dependence
/// between them is kept. A drawn window counts as the window itself does, which makes the level exact in finite samples. 200 ranks are too
/// coarse to tell which of several statistics is the most extreme, so each is first brought to normal scores by the mean, deviation and
/// skewness over the other windows (<see cref="NormalScores"/>); the level does not depend on how well these fit. Safe from any thread.
/// </remarks>
internal sealed class SmallestPValueTest(IReadOnlyList<IEvidence> evidence, int[] calibration, int draws = ExchangeabilityTest.DefaultDraws)
    : IWindowTest
{
    private readonly int _statistics = evidence.Sum(static kind => kind.Statistics);

    /// <inheritdoc/>
    public PValue PValueOf(ReadOnlySpan<int> window, ref SeededGenerator generator)
    {
        var largest = Array.ConvertAll(Scores(window, ref generator), static scores => scores.Max());
        var atLeast = largest.Count(score => score >= largest[0]);
        return PValue.FromProbability((double)atLeast / largest.Length);
    }

    /// <summary>One normal score a kind of evidence, of the window first, then of every drawn window.</summary>
    private double[][] Scores(ReadOnlySpan<int> window, ref SeededGenerator generator)
    {
        var values = Measure(window, ref generator);
        NormalScores.ReplaceAll(values);
        var kinds = Array.ConvertAll(values, LargestOfEachKind);
        NormalScores.ReplaceAll(kinds);
        return kinds;
    }

    private double[] LargestOfEachKind(double[] scores)
    {
        var largest = new double[evidence.Count];
        var first = 0;
        for (var kind = 0; kind < largest.Length; kind++)
        {
            largest[kind] = scores.AsSpan(first, evidence[kind].Statistics).ToArray().Max();
            first += evidence[kind].Statistics;
        }

        return largest;
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

        var prepared = evidence.Select(kind => kind.On(shuffled)).ToArray();
        Span<ulong> bits = stackalloc ulong[Membership.WordsFor(pool.Length)];
        var values = new double[draws + 1][];
        for (var draw = 0; draw <= draws; draw++)
        {
            values[draw] = Measure(prepared, Membership.Of(positions.AsSpan(0, window.Length), bits));
            RandomSubset.MoveToFront(positions, window.Length, ref generator);
        }

        return values;
    }

    private double[] Measure(IPoolEvidence[] prepared, Membership sample)
    {
        var values = new double[_statistics];
        var first = 0;
        for (var kind = 0; kind < prepared.Length; kind++)
        {
            prepared[kind].Measure(sample, values.AsSpan(first, evidence[kind].Statistics));
            first += evidence[kind].Statistics;
        }

        return values;
    }
}
