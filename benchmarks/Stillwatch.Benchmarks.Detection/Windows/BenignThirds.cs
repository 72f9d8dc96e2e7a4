using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Windows;

/// <summary>The benign queries of a pair, cut by a seeded shuffle: to fit on, to calibrate on, to test on.</summary>
internal sealed record BenignThirds(int[] Reference, int[] Calibration, int[] Test)
{
    public static BenignThirds Cut(int benign, ulong seed)
    {
        var order = Enumerable.Range(0, benign).ToArray();
        new SeededGenerator(seed).Shuffle<int>(order);
        var third = benign / 3;
        return new(order[..third], order[third..(2 * third)], order[(2 * third)..(3 * third)]);
    }
}
