using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Reporting;

namespace Stillwatch.Tests.Reporting;

public sealed class WordWrapTests
{
    [Theory]
    [InlineData("", 10, "")]
    [InlineData("one two three", 7, "one two|three")]
    [InlineData("one two three", 6, "one|two|three")]
    [InlineData("abcdefghij kl", 4, "abcd|efgh|ij|kl")]
    [InlineData("漢字漢字 a", 5, "漢字|漢字|a")]
    public void Lines_Text_BreaksAtSpaces(string text, int columns, string lines) =>
        Assert.Equal(lines, string.Join('|', WordWrap.Lines(text, columns)));

    [Fact]
    public void Lines_AnyText_FitAndLoseNothing()
    {
        var letters = Gen.Elements("a", "bc", "漢", " ", "é", "e\u0301", "😀");
        var texts = letters.ArrayOf().Select(string.Concat).Zip(Gen.Choose(2, 30)).ToArbitrary();
        Prop.ForAll(texts, pair =>
        {
            var (text, columns) = pair;
            var lines = WordWrap.Lines(text, columns).ToArray();
            Assert.All(lines, line => Assert.InRange(DisplayWidth.Of(line), 1, columns));
            Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "ab…")]
    [InlineData("漢字", 3, "漢…")]
    [InlineData("a", 4, "a   ")]
    [InlineData("漢", 4, "漢  ")]
    public void Fit_Text_HasExactlyTheColumns(string text, int columns, string fitted)
    {
        Assert.Equal(fitted, DisplayWidth.Fit(text, columns));
        Assert.Equal(columns, DisplayWidth.Of(fitted));
    }
}
