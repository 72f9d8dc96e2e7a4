using Stillwatch.Provenance.Lineage;
using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Provenance.Tests.Lineage;

public sealed class GreenEProcessTests
{
    private static readonly int[] Text = MarkovModel.Draw(40, seed: 5).Write(200, seed: 6);

    [Fact]
    public void AnytimePValue_LookedAtAfterEveryToken_IsSuperUniform() =>
        NullCalibration.AssertSuperUniform(
            61,
            static (ref SeededGenerator generator) =>
            {
                var process = Process(ref generator);
                process.Add(Text);
                return process.AnytimePValue;
            },
            nulls: 4000);

    [Fact]
    public void Wealth_AfterAllTokens_HasExpectationAtMostOne() =>
        NullCalibration.AssertExpectationAtMostOne(
            62,
            static (ref SeededGenerator generator) =>
            {
                var process = Process(ref generator);
                process.Add(Text);
                return process.Wealth;
            },
            nulls: 4000);

    [Fact]
    public void Wealth_OfMarkedText_GrowsAndCountsEachPairOnce()
    {
        using var bits = new KeyedGreenBits(new byte[16], contextWidth: 1);
        var process = new GreenEProcess(bits);
        process.Add(MarkovModel.Draw(400, seed: 5).Write(1500, seed: 6, bits));
        Assert.True(process.AnytimePValue.Rejects(1e-6), $"{process.AnytimePValue}");
        Assert.InRange(process.Scored, 300, 1499);
        var before = process.Wealth;
        process.Add([1, 2, 1, 2, 1, 2]);
        var scored = process.Scored;
        process.Add([1, 2, 1, 2]);
        Assert.Equal(scored, process.Scored);
        Assert.NotEqual(EValue.One, before);
    }

    [Fact]
    public void OneListForAll_IsRefused() =>
        Assert.Throws<ArgumentException>(static () => new GreenEProcess(new UnigramGreenList(1, 100, 0.5)));

    private static GreenEProcess Process(ref SeededGenerator generator)
    {
        var key = new byte[16];
        BitConverter.TryWriteBytes(key, generator.NextUInt64());
        return new(new KeyedGreenBits(key, 1));
    }
}
