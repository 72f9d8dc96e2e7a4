using Stillwatch.Benchmarks.Detection.Windows.Contamination;
using Stillwatch.Benchmarks.Detection.Windows.Features;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Tests.Windows.Contamination;

public sealed class EvidenceTests
{
    private const int Pool = 100;
    private const int Sample = 30;

    private static readonly TailTable Table = new(Pool, Sample);
    private static readonly int[] Everyone = [.. Enumerable.Range(0, Pool)];
    private static readonly int[] Members = [.. Enumerable.Range(0, Sample)];

    private static readonly SparseQuery[] Queries =
        [.. Texts.Foreign(8, 3).Concat(Texts.Benign(Pool - 8, 1)).Select(NGramHashing.Extract)];

    private static readonly EmbeddedQueries Embedded = new(Queries, Everyone);

    [Fact]
    public void Table_OfAGroup_IsTheHypergeometricTail() =>
        Assert.Equal(HypergeometricTail.AtLeast(7, Pool, 9, Sample).Probability, Math.Exp(-Table.Row(9)[7]), 12);

    [Fact]
    public void Tail_ValuesOfTheSampleOnTop_IsTheLargestSurpriseOfAnyGroup()
    {
        double[] values = [.. Everyone.Select(static query => query < 8 ? 1000.0 + query : query * 7919 % 101)];
        var found = Measure(new TailEvidence(values, Table))[0];
        var groups = new[] { 4, 6, 9, 13, 19, 27, 38 };
        var expected = groups.Max(group => Math.Max(Surprise(group, ascending: false), Surprise(group, ascending: true)));
        Assert.Equal(expected, found, 9);

        double Surprise(int group, bool ascending)
        {
            var ranked = ascending ? Everyone.OrderBy(query => values[query]) : Everyone.OrderByDescending(query => values[query]);
            return Table.Row(group)[ranked.Take(group).Count(query => query < Sample)];
        }
    }

    [Fact]
    public void NGrams_OfTheSample_AreCountedByHolders()
    {
        var expected = Queries.SelectMany(static query => query.Buckets).Distinct()
            .Where(static bucket => bucket < NGramHashing.FirstOfLongRuns)
            .Select(static bucket => (All: Holders(bucket, Pool), Own: Holders(bucket, Sample)))
            .Where(static ngram => ngram.All is >= 4 and <= Pool / 2)
            .Select(static ngram => Table.Row(ngram.All)[ngram.Own]).ToList();
        var found = Measure(new NGramEvidence(Queries, [], Pool - Sample, Sample));
        Assert.Equal(expected.Max(), found[0], 9);
        Assert.Equal(expected.Sum(static surprise => Math.Max(0, surprise - Math.Log(10))), found[1], 6);
        Assert.Equal(expected.Sum(static surprise => Math.Max(0, surprise - Math.Log(100))), found[2], 6);
        Assert.Equal(expected.Sum(static surprise => Math.Max(0, surprise - Math.Log(10_000))), found[3], 6);
    }

    [Fact]
    public void Neighbours_OfTheSample_AreCountedByNeighbourhood()
    {
        var expected = new List<double>();
        foreach (var query in Everyone)
        {
            var nearest = Everyone.Where(other => other != query)
                .OrderByDescending(other => Embedded.Cosines[query, other]).ThenBy(static other => other).ToList();
            expected.AddRange(new[] { 4, 8, 16, 32 }.Select(size =>
                Table.Row(size + 1)[nearest.Take(size).Append(query).Count(static member => member < Sample)]));
        }

        var found = Measure(new NeighbourEvidence(Embedded.Cosines, Table));
        Assert.Equal(expected.Max(), found[0], 9);
        Assert.Equal(expected.Sum(static surprise => Math.Max(0, surprise - Math.Log(10))), found[1], 6);
        Assert.Equal(expected.Sum(static surprise => Math.Max(0, surprise - Math.Log(100))), found[2], 6);
        Assert.Equal(expected.Sum(static surprise => Math.Max(0, surprise - Math.Log(10_000))), found[3], 6);
    }

    [Fact]
    public void MeanShift_OfTheSample_IsTheSquaredDistanceToThePoolsMean()
    {
        var vectors = QueryVectors.Of(Pool, 2, static query => [query < Sample ? 1 : 0, 5]);
        Assert.Equal(Math.Pow(1 - (double)Sample / Pool, 2), Measure(new MeanShiftEvidence(vectors))[0], 5);
    }

    private static int Holders(int bucket, int below) =>
        Queries.Take(below).Count(query => Array.BinarySearch(query.Buckets, bucket) >= 0);

    private static double[] Measure(IEvidence evidence)
    {
        var samples = new SampleSet(2, Sample, Pool);
        samples.Set(0, [.. Everyone.TakeLast(Sample)]);
        samples.Set(1, Members);
        double[][] statistics = [new double[1 + evidence.Statistics], new double[1 + evidence.Statistics]];
        evidence.On(Everyone).Measure(samples, statistics, first: 1);
        return statistics[1][1..];
    }
}
