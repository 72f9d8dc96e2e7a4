using System.Globalization;
using System.Text;

namespace Stillwatch.Provenance.Tokenising;

/// <summary>A text as one UTF-16 unit for each character, so that a pattern of .NET sees characters and not halves of them.</summary>
/// <remarks>
/// Patterns of .NET take each half of a surrogate pair for a character of its own, which is no letter; those of tokenisers see whole
/// characters. A pair is replaced by a character of the basic plane that has the same general category, which is all that patterns of
/// tokenisers ask of one. Half a pair alone, which no text has, stands for U+FFFD, as in UTF-8.
/// </remarks>
internal static class CharacterClasses
{
    /// <summary>The text, and where each of its characters begins; null where these are the same places.</summary>
    public static (string Shadow, int[]? Starts) Of(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\ud800', '\udfff'))
        {
            return (text, null);
        }

        var (shadow, starts, place) = (new StringBuilder(text.Length), new List<int>(text.Length), 0);
        foreach (var rune in text.EnumerateRunes())
        {
            starts.Add(place);
            place += rune.Utf16SequenceLength;
            shadow.Append(rune.IsBmp ? (char)rune.Value : Representative(Rune.GetUnicodeCategory(rune)));
        }

        starts.Add(place);
        return (shadow.ToString(), [.. starts]);
    }

    private static char Representative(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => '\u10a0',
        UnicodeCategory.LowercaseLetter => '\u029e',
        UnicodeCategory.TitlecaseLetter => '\u01c5',
        UnicodeCategory.ModifierLetter => '\u02b0',
        UnicodeCategory.OtherLetter => '\u05d0',
        UnicodeCategory.NonSpacingMark => '\u0300',
        UnicodeCategory.SpacingCombiningMark => '\u0903',
        UnicodeCategory.EnclosingMark => '\u0488',
        UnicodeCategory.DecimalDigitNumber => '\u0660',
        UnicodeCategory.LetterNumber => '\u16ee',
        UnicodeCategory.OtherNumber => '\u00b2',
        UnicodeCategory.DashPunctuation => '\u2013',
        UnicodeCategory.ConnectorPunctuation => '\u203f',
        UnicodeCategory.OpenPunctuation => '\u2045',
        UnicodeCategory.ClosePunctuation => '\u2046',
        UnicodeCategory.OtherPunctuation => '\u203d',
        UnicodeCategory.MathSymbol => '\u2211',
        UnicodeCategory.CurrencySymbol => '\u20a0',
        UnicodeCategory.ModifierSymbol => '\u02c4',
        UnicodeCategory.OtherSymbol => '\u2603',
        UnicodeCategory.Format => '\u200b',
        UnicodeCategory.PrivateUse => '\ue000',
        _ => '\u0378',
    };
}
