using System.Buffers.Binary;
using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Tests.Watermarking;

public sealed class DraftMarkTests
{
    private static readonly string[] Vocabulary = [.. Enumerable.Range(0, 60).Select(static i => $"word{i}")];

    /// <summary>Over keys each draft has the probability of any other, whatever it shares with them and however often it came.</summary>
    [Fact]
    public void Choose_OverRandomKeys_TakesEachDraftAlikeOften()
    {
        string[] drafts = ["a b c d e f", "a b c d e f", "A, b c: d e f!", "a b c d g h", "x y z", "", "…"];
        var (counts, generator) = (new int[drafts.Length], new SeededGenerator(72));
        const int Keys = 35_000;
        for (var i = 0; i < Keys; i++)
        {
            using var bits = Bits(ref generator);
            counts[DraftMark.Choose(bits, drafts, ref generator)]++;
        }

        // Seven equally likely drafts: a chi-square of six degrees of freedom, 33 at most but for one time in 100,000.
        var expected = Keys / (double)drafts.Length;
        var statistic = counts.Sum(count => (count - expected) * (count - expected) / expected);
        Assert.True(statistic < 33, $"{statistic}: {string.Join(' ', counts)}");
    }

    [Fact]
    public void Choose_UnderOneKey_LeansToGreen_AndUnmarkedTextsDoNot()
    {
        var generator = new SeededGenerator(73);
        using var bits = Bits(ref generator);
        var (marked, unmarked) = (new GreenListDetector(bits), new GreenListDetector(bits));
        for (var i = 0; i < 150; i++)
        {
            var drafts = Enumerable.Range(0, 4).Select(_ => Text(ref generator)).ToArray();
            marked.Add(WordIds.Of(drafts[DraftMark.Choose(bits, drafts, ref generator)]));
            unmarked.Add(WordIds.Of(drafts[0]));
        }

        Assert.True(marked.Result().Test.Log10 < -12, $"{marked.Result().Test.Log10}");
        Assert.True(unmarked.Result().Test.Log10 > -3, $"{unmarked.Result().Test.Log10}");
    }

    /// <summary>The p-value of what another key chose is uniform or larger.</summary>
    [Fact]
    public void Detection_OfWhatAnotherKeyChose_IsCalibrated()
    {
        var generator = new SeededGenerator(74);
        var values = new List<double>();
        for (var i = 0; i < 400; i++)
        {
            using var chooser = Bits(ref generator);
            using var other = Bits(ref generator);
            var detector = new GreenListDetector(other);
            for (var text = 0; text < 5; text++)
            {
                var drafts = Enumerable.Range(0, 4).Select(_ => Text(ref generator)).ToArray();
                detector.Add(WordIds.Of(drafts[DraftMark.Choose(chooser, drafts, ref generator)]));
            }

            values.Add(detector.Result().Test.Probability);
        }

        foreach (var level in new[] { 0.01, 0.05, 0.2, 0.5 })
        {
            var below = values.Count(value => value <= level);
            Assert.True(BinomialTail.AtLeast(below, values.Count, level).Log10 > -5, $"{below} of {values.Count} at {level}");
        }
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData(" .,;!", 0)]
    [InlineData("One, two; THREE", 3)]
    [InlineData("l'été déjà", 3)]
    [InlineData("中文字", 3)]
    [InlineData("a1b2", 1)]
    public void Words_OfAText_AreCounted(string text, int words) => Assert.Equal(words, WordIds.Of(text).Length);

    [Fact]
    public void Words_ThatDifferInCase_HaveOneId()
    {
        Assert.Equal(WordIds.Of("one two"), WordIds.Of("One -- TWO"));
        Assert.NotEqual(WordIds.Of("one two"), WordIds.Of("two one"));
        Assert.Equal([1887181479], WordIds.Of("WONDERLAND"));
    }

    private static KeyedGreenBits Bits(ref SeededGenerator generator)
    {
        Span<byte> key = stackalloc byte[KeyedGreenBits.KeyBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(key, generator.NextUInt64());
        BinaryPrimitives.WriteUInt64LittleEndian(key[8..], generator.NextUInt64());
        return new(key, contextWidth: 2);
    }

    private static string Text(ref SeededGenerator generator)
    {
        var words = new string[40];
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = Vocabulary[generator.Next(Vocabulary.Length)];
        }

        return string.Join(' ', words);
    }
}
