using Stillwatch.Benchmarks.Detection.Nulls;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Tests.Nulls;

public sealed class EvidenceCodesTests
{
    /// <summary>Half over the root of p is 10 at p = 0.0025.</summary>
    [Fact]
    public void Log10PValue_PowerCalibrator_IsInverted() =>
        Assert.Equal(Math.Log10(0.0025), EvidenceCodes.Log10PValue("load-balance", 1), 6);

    [Theory]
    [InlineData(-0.5)]
    [InlineData(-3)]
    [InlineData(-120)]
    public void Log10PValue_Mixture_IsInverted(double log10) => Assert.Equal(
        log10, EvidenceCodes.Log10PValue("creation-burst", PToECalibrator.Mixture(PValue.FromLog10(log10)).Log10), 6);

    [Fact]
    public void HasPValue_OnlyTests_ThatAreMadeOfOne()
    {
        Assert.False(EvidenceCodes.HasPValue("interchangeable-content"));
        Assert.False(EvidenceCodes.HasPValue(EvidenceCodes.Combined));
        Assert.True(EvidenceCodes.HasPValue("work-partition") && EvidenceCodes.HasPValue("model-pivot"));
    }

    [Fact]
    public void Of_Group_GivesTheReadingsOfTheCode()
    {
        var group = new GroupReading("template", "app", 9, 1, 2, 3, [new("model-pivot", 4), new("model-pivot", 5), new("load-balance", 6)]);
        Assert.Equal([4.0, 5], EvidenceCodes.Of(group, "model-pivot"));
        Assert.Empty(EvidenceCodes.Of(group, "replacement"));
        string[] codes = [EvidenceCodes.Content, EvidenceCodes.Corroboration, EvidenceCodes.Combined];
        Assert.Equal([1.0, 2, 3], codes.SelectMany(code => EvidenceCodes.Of(group, code)));
    }
}
