using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Interactions.Formats;

namespace Stillwatch.Tests.Interactions.Formats;

public sealed class Rfc3339Tests
{
    private static readonly DateTime First = new(1, 1, 2);

    private static readonly DateTime Last = new(9999, 12, 30);

    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0)]
    [InlineData("2026-03-02T00:01:22.360Z", 1772409682360)]
    [InlineData("2026-03-02t00:01:22.360z", 1772409682360)]
    [InlineData("2026-03-02 00:01:22.360Z", 1772409682360)]
    [InlineData("2026-03-02T05:31:22.36+05:30", 1772409682360)]
    [InlineData("2026-03-01T16:01:22.360999999-08:00", 1772409682360)]
    [InlineData("2026-03-01T16:01:22.360999999-0800", 1772409682360)]
    [InlineData("2026-03-02T00:01:22Z", 1772409682000)]
    [InlineData("2016-12-31T23:59:60Z", 1483228800000)]
    [InlineData("2024-02-29T00:00:00Z", 1709164800000)]
    [InlineData("1969-12-31T23:59:59.5Z", -500)]
    [InlineData("0001-01-01T00:00:00Z", -62135596800000)]
    [InlineData("9999-12-31T23:59:59.999Z", 253402300799999)]
    public void TryParse_ValidTime_GivesMilliseconds(string text, long expected)
    {
        Assert.True(Rfc3339.TryParse(Encoding.UTF8.GetBytes(text), assumeUtc: false, out var milliseconds));
        Assert.Equal(expected, milliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-03-02")]
    [InlineData("2026-03-02T00:01Z")]
    [InlineData("2026-03-02T00:01:22")]
    [InlineData("2026-03-02T00:01:22.Z")]
    [InlineData("2026-03-02T00:01:22.3")]
    [InlineData("2026-03-02T24:00:00Z")]
    [InlineData("2026-03-02T00:60:00Z")]
    [InlineData("2026-03-02T00:00:61Z")]
    [InlineData("2026-02-29T00:00:00Z")]
    [InlineData("2026-00-10T00:00:00Z")]
    [InlineData("2026-13-10T00:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("2026-03-02T00:01:22+24:00")]
    [InlineData("2026-03-02T00:01:22+05:60")]
    [InlineData("2026-03-02T00:01:22+5:30")]
    [InlineData("2026-03-02T00:01:22ZZ")]
    [InlineData("2026-03-02T00:01:22Z ")]
    [InlineData(" 2026-03-02T00:01:22Z")]
    [InlineData("2026/03/02T00:01:22Z")]
    [InlineData("20260302T000122Z")]
    [InlineData("٢٠٢٦-03-02T00:01:22Z")]
    public void TryParse_AnythingElse_IsRefused(string text) =>
        Assert.False(Rfc3339.TryParse(Encoding.UTF8.GetBytes(text), assumeUtc: false, out _));

    [Fact]
    public void TryParse_NoOffset_IsUtcOnlyWhereThatIsAssumed()
    {
        Assert.False(Rfc3339.TryParse("2026-03-02T00:01:22.36"u8, assumeUtc: false, out _));
        Assert.True(Rfc3339.TryParse("2026-03-02T00:01:22.36"u8, assumeUtc: true, out var milliseconds));
        Assert.Equal(1772409682360, milliseconds);
    }

    [Fact]
    public void TryParse_WhatDateTimeOffsetWrites_AgreesWithIt()
    {
        var times =
            from ticks in Gen.Choose(0, int.MaxValue).Select(i => i / (double)int.MaxValue)
            from offset in Gen.Choose(-14 * 60, 14 * 60)
            select new DateTimeOffset(First.Ticks + (long)(ticks * (Last - First).Ticks), TimeSpan.FromMinutes(offset));
        Prop.ForAll(times.ToArbitrary(), static time =>
        {
            var text = Encoding.UTF8.GetBytes(time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture));
            return Rfc3339.TryParse(text, assumeUtc: false, out var milliseconds) && milliseconds == time.ToUnixTimeMilliseconds();
        }).QuickCheckThrowOnFailure();
    }
}
