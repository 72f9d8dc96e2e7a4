using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Reporting;

namespace Stillwatch.Tests.Reporting;

public sealed class HarmlessTextTests
{
    [Theory]
    [InlineData("acct_01-x.y@z", "acct_01-x.y@z")]
    [InlineData("Zoë, 漢字 العربية", "Zoë, 漢字 العربية")]
    [InlineData("a\nb\r\tc\0", @"a\u{000A}b\u{000D}\u{0009}c\u{0000}")]
    [InlineData("\u001b[31mred", @"\u{001B}[31mred")]
    [InlineData("\u009b31m", @"\u{009B}31m")]
    [InlineData("\u202egpj.exe", @"\u{202E}gpj.exe")]
    [InlineData("\u2066x\u2069", @"\u{2066}x\u{2069}")]
    [InlineData("a\u2028b", @"a\u{2028}b")]
    [InlineData("a\u00a0b\u3000c", @"a\u{00A0}b\u{3000}c")]
    [InlineData("\U000E0041", @"\u{E0041}")]
    [InlineData("\u3164\uffa0", @"\u{3164}\u{FFA0}")]
    [InlineData("e\u0301\u0301\u0301\u0301", "e\u0301\u0301\u0301\\u{0301}")]
    [InlineData("\U0001F600", "\U0001F600")]
    public void Of_Text_SpellsOutWhatHidesOrMoves(string text, string shown) => Assert.Equal(shown, HarmlessText.Of(text));

    [Fact]
    public void Of_HalfASurrogatePair_SpellsItOut() =>
        Assert.Equal(@"a\u{D83D}-\u{DE00}", HarmlessText.Of("a\ud83d-\ude00"));

    [Fact]
    public void Of_AnyCodeUnits_IsVisibleAndStable()
    {
        var unit = Gen.Choose(0, char.MaxValue).Select(value => (char)value);
        var texts = unit.ArrayOf().Select(units => new string(units)).ToArbitrary();
        Prop.ForAll(texts, text =>
        {
            var shown = HarmlessText.Of(text);
            Assert.All(shown.EnumerateRunes(), rune => Assert.False(Rune.IsControl(rune) || Steers(rune), $"U+{rune.Value:X4}"));
            Assert.Equal(shown, HarmlessText.Of(shown));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("abcdef", 4, "abcd…")]
    [InlineData("abcd", 4, "abcd")]
    [InlineData("\n\n\n", 8, @"\u{000A}…")]
    [InlineData("😀😀", 1, "😀…")]
    public void Of_LongText_EndsInAnEllipsis(string text, int maxLength, string shown) =>
        Assert.Equal(shown, HarmlessText.Of(text, maxLength));

    private static bool Steers(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse;
}
