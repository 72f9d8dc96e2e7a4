using System.Globalization;
using System.Text;

namespace Stillwatch.Reporting;

/// <summary>Makes text that somebody else chose safe to look at: what hides, or changes how other text looks, is spelled out.</summary>
/// <remarks>
/// Account names come from whoever opened the account. Control characters move a terminal's cursor, format characters turn the
/// reading direction, line separators forge lines, stacked marks paint over neighbours, blank letters hide. Each is written as
/// <c>\u{202E}</c>, so that two names that differ also look different. Letters of every script stay as they are.
/// </remarks>
internal static class HarmlessText
{
    /// <summary>Marks on one letter that are shown; real writing needs no more.</summary>
    private const int MaxMarks = 3;

    /// <summary>Letters and symbols by category that nevertheless draw nothing: Hangul fillers and the empty Braille cell.</summary>
    private static readonly int[] Blanks = [0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0];

    /// <param name="text">Untrusted text.</param>
    /// <param name="maxLength">About the most characters of the result; where more would follow, it ends in an ellipsis.</param>
    public static string Of(string text, int maxLength = int.MaxValue)
    {
        var shown = new StringBuilder(Math.Min(text.Length, 256));
        var rest = text.AsSpan();
        for (var marks = 0; !rest.IsEmpty;)
        {
            if (shown.Length >= maxLength)
            {
                return shown.Append('…').ToString();
            }

            var valid = Rune.DecodeFromUtf16(rest, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            marks = valid && IsMark(rune) ? marks + 1 : 0;
            Append(shown, rest[..length], valid && marks <= MaxMarks && IsVisible(rune));
            rest = rest[length..];
        }

        return shown.ToString();
    }

    /// <summary>Whether a code point draws at its place and nowhere else.</summary>
    public static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate => false,
        UnicodeCategory.SpaceSeparator => rune.Value == ' ',
        _ => Array.IndexOf(Blanks, rune.Value) < 0,
    };

    private static void Append(StringBuilder shown, ReadOnlySpan<char> units, bool visible)
    {
        if (visible)
        {
            shown.Append(units);
            return;
        }

        // A surrogate without its other half has no code point; its code unit names it.
        var value = units.Length == 2 ? char.ConvertToUtf32(units[0], units[1]) : units[0];
        shown.Append(CultureInfo.InvariantCulture, $"\\u{{{value:X4}}}");
    }
}
