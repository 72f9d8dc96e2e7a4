using System.Text;
using Stillwatch.Interactions.Formats;

namespace Stillwatch.Tests.Interactions.Formats;

public sealed class EpochTimeTests
{
    [Theory]
    [InlineData("1772409682", 1772409682000)]
    [InlineData("1772409682.36", 1772409682360)]
    [InlineData("1772409682360", 1772409682360)]
    [InlineData("1772409682360999", 1772409682360)]
    [InlineData("1772409682360999999", 1772409682361)]
    [InlineData("1.772409682e9", 1772409682000)]
    [InlineData("0", 0)]
    public void TryParse_Count_IsToldByMagnitude(string text, long milliseconds)
    {
        Assert.True(EpochTime.TryParse(Encoding.UTF8.GetBytes(text), out var read));
        Assert.InRange(read, milliseconds - 1, milliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-03-02")]
    [InlineData("17x")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e400")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(EpochTime.TryParse(Encoding.UTF8.GetBytes(text), out _));
}
