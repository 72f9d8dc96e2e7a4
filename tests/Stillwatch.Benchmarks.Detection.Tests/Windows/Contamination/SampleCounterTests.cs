using Stillwatch.Benchmarks.Detection.Windows;
using Stillwatch.Benchmarks.Detection.Windows.Contamination;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Tests.Windows.Contamination;

public sealed class SampleCounterTests
{
    private const int Pool = 70;
    private const int Size = 25;

    /// <summary>Counts of samples that fill words, registers and neither, against counting one by one.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(700)]
    public void Counts_OfManySamples_AreThoseOfEach(int count)
    {
        var (samples, generator) = (Draw(count), new SeededGenerator(9));
        var counter = new SampleCounter(samples, Pool);
        for (var round = 0; round < 3; round++)
        {
            var added = Enumerable.Range(0, Pool).Where(_ => generator.Next(3) > 0).ToHashSet();
            counter.Clear();
            foreach (var position in added)
            {
                counter.Add(position);
            }

            for (var sample = 0; sample < count; sample++)
            {
                Assert.Equal(samples.Positions(sample).ToArray().Count(added.Contains), counter.CountOf(sample));
            }
        }
    }

    [Fact]
    public void Surprises_FromTheFirstThatCounts_AreAddedToTheirSamples()
    {
        var (samples, counter) = (Draw(130), new SampleCounter(Draw(130), 8));
        double[] surprises = [0, 1, 2, 3, 4, 5, 6, 7, 8];
        for (var position = 0; position < 8; position++)
        {
            counter.Add(position);
        }

        var sums = new SurpriseSum[130];
        counter.AddSurprises(surprises, SurpriseSum.FirstThatCounts(surprises), sums);
        var statistics = sums.Select(static _ => new double[SurpriseSum.Statistics]).ToArray();
        SurpriseSum.CopyTo(sums, statistics, 0);
        for (var sample = 0; sample < 130; sample++)
        {
            var held = samples.Positions(sample).ToArray().Count(static position => position < 8);
            Assert.Equal(held >= 3 ? held : 0, statistics[sample][0]);
            Assert.Equal(Math.Max(0, held - Math.Log(10)), statistics[sample][1], 12);
        }
    }

    private static SampleSet Draw(int count)
    {
        var (samples, generator) = (new SampleSet(count, Size, Pool), new SeededGenerator(5));
        var positions = Enumerable.Range(0, Pool).ToArray();
        for (var sample = 0; sample < count; sample++)
        {
            RandomSubset.MoveToFront(positions, Size, ref generator);
            samples.Set(sample, positions.AsSpan(0, Size));
        }

        return samples;
    }
}
