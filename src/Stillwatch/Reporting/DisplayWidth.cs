using System.Globalization;
using System.Text;

namespace Stillwatch.Reporting;

/// <summary>How many columns of a terminal a text takes: two for East Asian wide characters, none for marks (UAX #11, shortened).</summary>
internal static class DisplayWidth
{
    /// <summary>First and last code point of the blocks whose characters are wide, ascending.</summary>
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115F), (0x2E80, 0x303E), (0x3041, 0xA4CF), (0xA960, 0xA97F), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE30, 0xFE6F),
        (0xFF00, 0xFF60), (0xFFE0, 0xFFE6), (0x1F300, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F900, 0x1FAFF), (0x20000, 0x3FFFD),
    ];

    public static int Of(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += Of(rune);
        }

        return width;
    }

    public static int Of(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
        ? 0
        : Wide.Any(block => rune.Value >= block.First && rune.Value <= block.Last) ? 2 : 1;

    /// <summary>The text in at most so many columns; what does not fit becomes an ellipsis.</summary>
    public static string Cut(string text, int columns)
    {
        if (Of(text) <= columns)
        {
            return text;
        }

        var (used, length) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (used + Of(rune) > columns - 1)
            {
                break;
            }

            used += Of(rune);
            length += rune.Utf16SequenceLength;
        }

        return string.Concat(text.AsSpan(0, length), "…");
    }

    /// <summary>The text in exactly so many columns, cut or filled with spaces on the right.</summary>
    public static string Fit(string text, int columns)
    {
        var cut = Cut(text, columns);
        return cut + new string(' ', columns - Of(cut));
    }
}
