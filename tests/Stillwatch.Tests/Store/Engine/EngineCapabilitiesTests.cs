using Stillwatch.Store.Engine;

namespace Stillwatch.Tests.Store.Engine;

public sealed class EngineCapabilitiesTests
{
    [Theory]
    [InlineData("18.16.1", "18.16.1")]
    [InlineData("26.5.1.1", "26.5.1.1")]
    [InlineData("24.8.4.13-stable", "24.8.4.13")]
    [InlineData("23.8.16.42.altinitystable", "23.8.16.42")]
    public void ParseVersion_OfNumbers_LeavesTheRestOut(string text, string version) =>
        Assert.Equal(Version.Parse(version), EngineCapabilities.ParseVersion(text));

    [Theory]
    [InlineData("")]
    [InlineData("PostgreSQL 15")]
    [InlineData("18")]
    [InlineData("1.2.3.4.5")]
    public void ParseVersion_OfNoVersion_SaysSo(string text)
    {
        var refused = Assert.Throws<StoreUnavailableException>(() => EngineCapabilities.ParseVersion(text));
        Assert.Contains($"'{text}'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Capabilities_OfTheOldestSupported_AreNone()
    {
        var oldest = new EngineCapabilities(new(18, 16, 1), ["max_threads"]);
        Assert.False(oldest.HasColumnCodecs || oldest.HasTimeToLive || oldest.HasLowCardinality || oldest.HasDateTime64);
        Assert.False(oldest.HasSynchronousDrop || oldest.HasWindowFunctions || oldest.HasLightweightDeletes);
        Assert.Contains("max_threads", oldest.Settings);
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        new EngineOptions { OperationTimeout = Timeout.InfiniteTimeSpan }.Validate();
        Assert.Equal(TimeSpan.FromHours(1), new EngineOptions().OperationTimeout);
        Assert.Equal(TimeSpan.FromSeconds(10), new EngineOptions().ConnectTimeout);
        Assert.Throws<ArgumentOutOfRangeException>(() => new EngineOptions { OperationTimeout = TimeSpan.Zero }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new EngineOptions { ConnectTimeout = Timeout.InfiniteTimeSpan }.Validate());
        Assert.Throws<ArgumentOutOfRangeException>(() => new EngineOptions { MaxEmbeddedMemoryBytes = -1 }.Validate());
    }
}
