using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Native.Tests;

/// <summary>The library against the samplers of .NET.</summary>
public sealed unsafe class MarkedStepTests : IClassFixture<PublishedLibrary>
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 16).Select(static i => (byte)(i * 7))];

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 0.7f)]
    [InlineData(1.5, 1)]
    [InlineData(1.5, 1.3f)]
    public void Process_SoftmaxOfItsLogits_IsWhatMarkedSamplerDrawsFrom(double bias, float temperature)
    {
        using var bits = new KeyedGreenBits(Key, contextWidth: 2);
        var strength = bias > 0 ? MarkStrength.Biased(bias) : MarkStrength.Unbiased(1);
        var generator = new SeededGenerator(41);
        foreach (var vocabulary in new[] { 1, 2, 7, 8, 129, 1024, 1025, 5003 })
        {
            var mark = MarkLibrary.Open(Key, MarkLibrary.Options(2, vocabulary, bias));
            for (var round = 0; round < 20; round++)
            {
                var logits = Logits(vocabulary, ref generator);
                var (first, second) = (generator.Next(100_000), generator.Next(100_000));
                var expected = Softmax(logits, temperature);
                strength.Apply(expected, token => bits.IsGreen([first, second], token));
                Assert.True(Process(mark, [5, first, second], 1, logits, temperature));
                var found = Softmax(logits, temperature);
                for (var token = 0; token < vocabulary; token++)
                {
                    Assert.True(
                        Math.Abs(found[token] - expected[token]) <= 2e-5 * expected[token] + 1e-9,
                        $"{vocabulary} tokens, {token}: {found[token]} and not {expected[token]}");
                }
            }

            Assert.Equal(0, MarkLibrary.Close(mark));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Sample_WithOneSeed_DrawsTheTokenOfMarkedSampler(double bias)
    {
        const int Vocabulary = 3000;
        using var bits = new KeyedGreenBits(Key, contextWidth: 1);
        var sampler = new MarkedSampler(bits, bias > 0 ? MarkStrength.Biased(bias) : MarkStrength.Unbiased(1), Vocabulary);
        var mark = MarkLibrary.Open(Key, MarkLibrary.Options(1, Vocabulary, bias));
        var generator = new SeededGenerator(42);
        var (tokens, sequence) = (new List<long>(), new MarkedSequence(1));
        for (var step = 0; step < 3000; step++)
        {
            var (logits, random) = (Logits(Vocabulary, ref generator), generator.NextUInt64());
            var uniform = new SeededGenerator(random);
            var expected = sampler.Draw(logits, 0.9f, sequence, ref uniform);
            Assert.Equal(expected, Sample(mark, [.. tokens], logits, 0.9f, random));
            tokens.Add(expected);
            sequence.Accept(expected);
        }

        Assert.Equal(0, MarkLibrary.Close(mark));
    }

    [Fact]
    public void Process_ContextThatIsShortOrCameBefore_IsLeftAlone()
    {
        var mark = MarkLibrary.Open(Key, MarkLibrary.Options(2, 64));
        var generator = new SeededGenerator(43);
        foreach (var (tokens, prompt, isMarked) in new (long[] Tokens, int Prompt, bool IsMarked)[]
        {
            ([], 0, false),
            ([4], 0, false),
            ([4, 5], 0, true),
            ([4, 5], 2, true),
            ([4, 5, 9, 4, 5], 0, false),
            ([4, 5, 9, 4, 5], 2, false),
            ([4, 5, 9, 4, 5], 3, true),
            ([4, 4, 4], 1, false),
            ([4, 4, 4], 3, true),
        })
        {
            var logits = Logits(64, ref generator);
            var before = logits.ToArray();
            Assert.Equal(isMarked, Process(mark, tokens, prompt, logits, 1));
            Assert.Equal(!isMarked, logits.AsSpan().SequenceEqual(before));
        }

        Assert.Equal(0, MarkLibrary.Close(mark));
    }

    [Fact]
    public void Colours_OfEveryToken_AreThoseOfTheKey()
    {
        const int Vocabulary = 1001;
        using var expected = new KeyedGreenBits(Key, contextWidth: 3);
        var mark = MarkLibrary.Open(Key, MarkLibrary.Options(3, Vocabulary));
        var bits = new byte[(Vocabulary + 7) / 8];
        fixed (long* tokens = new long[] { 9, 70_000, 3 })
        fixed (byte* start = bits)
        {
            var (text, marked) = (new MarkText { Tokens = tokens, Count = 3, Prompt = 3 }, 0);
            Assert.Equal(0, MarkLibrary.Colours(mark, &text, start, (nuint)bits.Length, &marked));
            Assert.Equal(1, marked);
        }

        Assert.All(
            Enumerable.Range(0, Vocabulary),
            token => Assert.Equal(expected.IsGreen([9, 70_000, 3], token), ((bits[token / 8] >> (token % 8)) & 1) != 0));
        Assert.Equal(0, MarkLibrary.Close(mark));
    }

    private static bool Process(ulong mark, long[] tokens, int prompt, float[] logits, float temperature)
    {
        fixed (long* ids = tokens)
        fixed (float* values = logits)
        {
            var (text, marked) = (new MarkText { Tokens = ids, Count = (nuint)tokens.Length, Prompt = (nuint)prompt }, -1);
            Assert.Equal(0, MarkLibrary.Process(mark, &text, values, (nuint)logits.Length, temperature, &marked));
            return marked == 1;
        }
    }

    private static int Sample(ulong mark, long[] tokens, float[] logits, float temperature, ulong random)
    {
        fixed (long* ids = tokens)
        fixed (float* values = logits)
        {
            var (text, token) = (new MarkText { Tokens = ids, Count = (nuint)tokens.Length }, -1);
            Assert.Equal(0, MarkLibrary.Sample(mark, &text, values, (nuint)logits.Length, temperature, random, &token));
            return token;
        }
    }

    /// <summary>Steep or flat, so that head and tail both matter; some tokens excluded.</summary>
    private static float[] Logits(int vocabulary, ref SeededGenerator generator)
    {
        var (scale, logits) = (0.5 + 6 * generator.NextDouble(), new float[vocabulary]);
        for (var token = 0; token < vocabulary; token++)
        {
            var isExcluded = token > 0 && generator.Next(10) == 0;
            logits[token] = isExcluded ? float.NegativeInfinity : (float)(scale * Math.Log(generator.NextDouble() + 1e-9));
        }

        return logits;
    }

    private static double[] Softmax(float[] logits, float temperature)
    {
        var highest = logits.Max();
        var weights = logits.Select(logit => Math.Exp(((double)logit - highest) / temperature)).ToArray();
        var total = weights.Sum();
        return [.. weights.Select(weight => weight / total)];
    }
}
