using Stillwatch.Benchmarks.Detection.Windows.Features;

namespace Stillwatch.Benchmarks.Detection.Tests.Windows.Features;

public sealed class NGramHashingTests
{
    [Fact]
    public void Extract_AText_CountsWordsPairsAndRuns()
    {
        var query = NGramHashing.Extract("the cat, the cat");
        Assert.Equal(5, query.Words.Length);
        Assert.Equal(5, Total(query, 0, NGramHashing.FirstOfCharacters / 2));
        Assert.Equal(5, Total(query, NGramHashing.FirstOfCharacters / 2, NGramHashing.FirstOfCharacters));
        Assert.Equal(16, Total(query, NGramHashing.FirstOfCharacters, NGramHashing.FirstOfLongRuns));
        Assert.Equal(15 + 14, Total(query, NGramHashing.FirstOfLongRuns, NGramHashing.Buckets));
    }

    [Fact]
    public void Extract_OtherCaseAndSpaces_ChangesRunsNotWords()
    {
        var (one, other) = (NGramHashing.Extract("One  two"), NGramHashing.Extract("one two"));
        Assert.Equal(one.Words, other.Words);
        Assert.NotEqual(one.Buckets, other.Buckets);
    }

    [Fact]
    public void Extract_ALongText_ReadsABoundedPart() =>
        Assert.Equal(1000, NGramHashing.Extract(string.Concat(Enumerable.Repeat("a ", 100_000))).Words.Length);

    [Fact]
    public void Typography_OfAText_CountsKinds()
    {
        var typography = Typography.Of("Ab 12!");
        Assert.Equal(Math.Log(7), typography.LogLength, 12);
        Assert.Equal((1 / 6.0, 2 / 6.0, 1 / 6.0, 2.0), (typography.Upper, typography.Digits, typography.Signs, typography.WordLength));
    }

    private static int Total(SparseQuery query, int from, int to) =>
        query.Buckets.Zip(query.Counts).Where(pair => pair.First >= from && pair.First < to).Sum(static pair => pair.Second);
}
