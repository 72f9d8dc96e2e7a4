using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Stillwatch.Provenance.Watermarking;

/// <summary>Ids of words, where no tokeniser is at hand: what marks that choose among whole drafts count.</summary>
/// <remarks>
/// A word is a run of letters, marks and digits, in small letters; letters of scripts without case, such as Chinese ones, are words by
/// themselves. Its id is the first 31 bits of the SHA-256 of its UTF-8, read as a little-endian number without its highest bit. So the ids
/// of a text depend on nothing but the text; that two words share one costs evidence, not validity.
/// </remarks>
public static class WordIds
{
    private const int MaxWordLength = 256;

    /// <summary>The ids of a text's words, in order.</summary>
    public static int[] Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (ids, word) = (new List<int>(), new StringBuilder());
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var isAlone = category == UnicodeCategory.OtherLetter;
            if (isAlone || !IsInWord(category) || word.Length >= MaxWordLength)
            {
                End(word, ids);
            }

            if (isAlone || IsInWord(category))
            {
                word.Append(Rune.ToLowerInvariant(rune).ToString());
            }

            if (isAlone)
            {
                End(word, ids);
            }
        }

        End(word, ids);
        return [.. ids];
    }

    private static bool IsInWord(UnicodeCategory category) => category is UnicodeCategory.UppercaseLetter
        or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber;

    private static void End(StringBuilder word, List<int> ids)
    {
        if (word.Length > 0)
        {
            var digest = SHA256.HashData(Encoding.UTF8.GetBytes(word.ToString()));
            ids.Add(BinaryPrimitives.ReadInt32LittleEndian(digest) & int.MaxValue);
            word.Clear();
        }
    }
}
