namespace Stillwatch.Cli.Tests;

public sealed class NearNamesTests
{
    private static readonly string[] Known = ["acct-0017", "acct-0018", "acct-0100", "campaign-5f0a6c", "Zoë", "x"];

    [Theory]
    [InlineData("acct-0071", "acct-0017 acct-0018 acct-0100")]
    [InlineData("ACCT-0017", "acct-0017 acct-0018 acct-0100")]
    [InlineData("campain-5f0a6c", "campaign-5f0a6c")]
    [InlineData("campaign-5f", "campaign-5f0a6c")]
    [InlineData("zoe", "Zoë")]
    [InlineData("y", "x")]
    [InlineData("somebody else", "")]
    [InlineData("", "")]
    public void Of_AName_AreTheClosestFirst(string wanted, string near) =>
        Assert.Equal(near, string.Join(' ', NearNames.Of(wanted, Known)));

    [Fact]
    public void Of_AVeryLongName_AreNone() => Assert.Empty(NearNames.Of(new string('x', 5_000), Known));
}
