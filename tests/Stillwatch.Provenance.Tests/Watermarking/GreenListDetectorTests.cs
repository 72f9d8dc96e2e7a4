using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Provenance.Tests.Watermarking;

public sealed class GreenListDetectorTests
{
    /// <summary>A text of few words, as natural text has, so that most pairs repeat.</summary>
    private static readonly int[] Text = RepetitiveText(length: 400, seed: 8);

    [Fact]
    public void Counts_EachPairOnce()
    {
        using var bits = new KeyedGreenBits(new byte[16], contextWidth: 1);
        var detector = new GreenListDetector(bits);
        detector.Add([1, 2, 1, 2, 1, 3]);
        detector.Add([1, 2]);
        var result = detector.Result();
        Assert.Equal(3, result.Scored);
        Assert.Equal(3, result.Repeats);
        var green = new[] { bits.IsGreen([1], 2), bits.IsGreen([2], 1), bits.IsGreen([1], 3) }.Count(static isGreen => isGreen);
        Assert.Equal(green, result.Green);
        Assert.Equal(BinomialTail.AtLeast(green, 3, 0.5), result.Test);
    }

    [Fact]
    public void Counts_EachContextOnce_WhereAsked()
    {
        using var bits = new KeyedGreenBits(new byte[16], contextWidth: 1);
        var detector = new GreenListDetector(bits, Deduplication.ContextsOnce);
        detector.Add([1, 2, 1, 3]);
        Assert.Equal(2, detector.Result().Scored);
    }

    [Fact]
    public void Tokens_OutsideTheVocabulary_DoNotCount()
    {
        var detector = new GreenListDetector(new KgwGreenList(KgwSeeding.Simple, 100, 0.5));
        detector.Add([1, 100, -3, 5, 7]);
        Assert.Equal(1, detector.Result().Scored);
    }

    [Theory]
    [InlineData("production", Deduplication.PairsOnce)]
    [InlineData("simple", Deduplication.PairsOnce)]
    [InlineData("simple", Deduplication.ContextsOnce)]
    [InlineData("selfhash", Deduplication.PairsOnce)]
    [InlineData("hash", Deduplication.PairsOnce)]
    [InlineData("unigram", Deduplication.PairsOnce)]
    [InlineData("textseal", Deduplication.PairsOnce)]
    public void Test_OnTextThatDoesNotDependOnTheKey_IsSuperUniform(string scheme, Deduplication deduplication)
    {
        PValue Draw(ref SeededGenerator generator)
        {
            var detector = new GreenListDetector(Scheme(scheme, ref generator), deduplication);
            detector.Add(Text);
            return detector.Result().Test;
        }

        NullCalibration.AssertSuperUniform(90, Draw, nulls: scheme == "production" ? NullCalibration.Nulls : 4000);
    }

    [Fact]
    public void GumbelTest_OfTextSeal_IsSuperUniform()
    {
        PValue Draw(ref SeededGenerator generator)
        {
            var score = new TextSealScore(1, (long)generator.NextUInt64());
            score.Add(Text);
            return score.Test();
        }

        NullCalibration.AssertSuperUniform(91, Draw);
    }

    [Fact]
    public void NaiveTest_ThatCountsRepeats_IsNotCalibrated()
    {
        var generator = new SeededGenerator(17);
        var rejections = 0;
        for (var i = 0; i < 2000; i++)
        {
            var list = Scheme("production", ref generator);
            var green = Enumerable.Range(1, Text.Length - 1).Count(place => list.IsGreen(Text.AsSpan(place - 1, 1), Text[place]));
            rejections += BinomialTail.AtLeast(green, Text.Length - 1, 0.5).Rejects(0.001) ? 1 : 0;
        }

        Assert.True(rejections > 40, $"{rejections} of 2000 at level 0.001.");
    }

    private static IGreenList Scheme(string name, ref SeededGenerator generator)
    {
        var key = (long)(generator.NextUInt64() >> 16);
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, generator.NextUInt64());
        return name switch
        {
            "production" => new KeyedGreenBits(bytes, 1),
            "simple" => new KgwGreenList(KgwSeeding.Simple, 60, 0.25, key | 1),
            "selfhash" => new KgwGreenList(KgwSeeding.SelfHash, 60, 0.25, key | 1),
            "hash" => new RadioactiveHashGreenList(2, 60, 0.25, (ulong)key),
            "unigram" => new UnigramGreenList(key, 60, 0.25),
            _ => new TextSealGreenList(1, 0.25, key),
        };
    }

    private static int[] RepetitiveText(int length, ulong seed)
    {
        var generator = new SeededGenerator(seed);
        var tokens = new int[length];
        for (var i = 0; i < length; i++)
        {
            tokens[i] = 1 + generator.Next(generator.Next(3) == 0 ? 50 : 6);
        }

        return tokens;
    }
}
