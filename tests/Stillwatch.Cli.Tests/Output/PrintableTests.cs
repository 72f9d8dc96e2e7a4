using Stillwatch.Cli.Output;

namespace Stillwatch.Cli.Tests.Output;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("plain, é, 漢字, \U0001F600", "plain, é, 漢字, \U0001F600")]
    [InlineData("\u001b[2Jgone", "\uFFFD[2Jgone")]
    [InlineData("a\r\nb\tc\0d", "a\uFFFD\uFFFDb\uFFFDc\uFFFDd")]
    [InlineData("\u009b31m", "\uFFFD31m")]
    [InlineData("abc\u202Ecba\u2066x\u200E", "abc\uFFFDcba\uFFFDx\uFFFD")]
    public void Clean_WhatCouldSteerATerminal_IsReplaced(string text, string shown) => Assert.Equal(shown, Printable.Clean(text));

    [Fact]
    public void Clean_HarmlessText_IsTheSameInstance()
    {
        var text = new string('x', 10);
        Assert.Same(text, Printable.Clean(text));
    }
}
