using Stillwatch.Provenance.Lineage;
using Stillwatch.Statistics;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Provenance.Tests.Lineage;

public sealed class CanaryTests
{
    private static readonly byte[] Secret = [.. Enumerable.Range(0, 32).Select(static i => (byte)i)];

    [Fact]
    public void Book_OfOneSecret_IsAlwaysTheSameAndOthersDiffer()
    {
        var book = new CanaryBook(Secret, "spring", 100);
        Assert.Equal(book.Pairs, new CanaryBook(Secret, "spring", 100).Pairs);
        Assert.Equal(book.Commitment, new CanaryBook(Secret, "spring", 100).Commitment);
        Assert.NotEqual(book.Pairs[0], new CanaryBook(Secret, "autumn", 100).Pairs[0]);
        Assert.Equal(4, new[]
        {
            book.Commitment, new CanaryBook(Secret, "autumn", 100).Commitment, new CanaryBook(Secret, "spring", 99).Commitment,
            new CanaryBook([.. Secret.Reverse()], "spring", 100).Commitment,
        }.Distinct().Count());
        Assert.Equal(400, book.Pairs.SelectMany(static pair =>
            new[] { pair.Published.Cue, pair.Published.Reply, pair.Withheld.Cue, pair.Withheld.Reply }).Distinct().Count());
        Assert.All(book.Pairs, static pair => Assert.Matches("^[A-Z][a-z]{7}$", pair.Published.Reply));
    }

    [Fact]
    public void Coin_OfThePairs_IsFair()
    {
        // Swapping the planted one would show as a difference between books that differ in nothing else, so the letters are compared.
        var book = new CanaryBook(Secret, "coin", 2000);
        var firstInOrder = book.Pairs.Count(static pair => string.CompareOrdinal(pair.Published.Cue, pair.Withheld.Cue) < 0);
        Assert.InRange(firstInOrder, 850, 1150);
    }

    [Fact]
    public void Tests_OnASuspectThatKnowsNothing_AreSuperUniform()
    {
        static (double[] Published, double[] Withheld) Scores(ref SeededGenerator generator)
        {
            var (published, withheld) = (new double[24], new double[24]);
            for (var i = 0; i < published.Length; i++)
            {
                (published[i], withheld[i]) = (generator.NextDouble() * i, generator.NextDouble() * i);
            }

            return (published, withheld);
        }

        NullCalibration.AssertSuperUniform(
            21,
            static (ref SeededGenerator generator) =>
            {
                var (published, withheld) = Scores(ref generator);
                return CanaryTest.SignedRank(published, withheld);
            });
        NullCalibration.AssertSuperUniform(
            22,
            static (ref SeededGenerator generator) =>
            {
                var (published, withheld) = Scores(ref generator);
                return CanaryTest.Sign(published, withheld);
            });
    }

    [Fact]
    public void Rank_OfAReplyDrawnLikeTheOthers_IsSuperUniform() => NullCalibration.AssertSuperUniform(
        23,
        static (ref SeededGenerator generator) =>
        {
            // Scores of few values, so that ties are common.
            var scores = new double[100];
            for (var i = 0; i < scores.Length; i++)
            {
                scores[i] = generator.Next(60);
            }

            return CanaryTest.Rank(scores[0], scores.AsSpan(1));
        });

    [Fact]
    public void Tests_OnASuspectThatRepeatsTheReplies_Reject()
    {
        var published = Enumerable.Range(0, 40).Select(static i => i % 4 == 0 ? 0.0 : 1.0).ToArray();
        Assert.True(CanaryTest.Sign(published, new double[40]).Rejects(1e-8));
        Assert.True(CanaryTest.SignedRank(published, new double[40]).Rejects(1e-8));
    }

    [Theory]
    [InlineData(5.0, 1.0 / 5)]
    [InlineData(3.0, 3.0 / 5)]
    [InlineData(3.5, 2.0 / 5)]
    [InlineData(0.0, 1.0)]
    public void Rank_AmongOthers_CountsTheReplyItself(double score, double expected) =>
        Assert.Equal(expected, CanaryTest.Rank(score, [1, 2, 3, 4]).Probability, 1e-12);
}
