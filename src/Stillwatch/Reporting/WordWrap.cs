using System.Text;

namespace Stillwatch.Reporting;

/// <summary>Breaks a text into lines at its spaces; a word longer than a line is broken where the line ends.</summary>
internal static class WordWrap
{
    /// <param name="text">One paragraph, made harmless before.</param>
    /// <param name="columns">Columns of a line, at least 2 so that every character fits.</param>
    public static IEnumerable<string> Lines(string text, int columns)
    {
        var line = new StringBuilder();
        var used = 0;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(word => Pieces(word, columns)))
        {
            var width = DisplayWidth.Of(word);
            if (used > 0 && used + 1 + width > columns)
            {
                yield return line.ToString();
                line.Clear();
                used = 0;
            }

            line.Append(used > 0 ? " " : "").Append(word);
            used += width + (used > 0 ? 1 : 0);
        }

        if (used > 0)
        {
            yield return line.ToString();
        }
    }

    private static IEnumerable<string> Pieces(string word, int columns)
    {
        var (start, used, at) = (0, 0, 0);
        foreach (var rune in word.EnumerateRunes())
        {
            var width = DisplayWidth.Of(rune);
            if (used + width > columns)
            {
                yield return word[start..at];
                (start, used) = (at, 0);
            }

            used += width;
            at += rune.Utf16SequenceLength;
        }

        yield return word[start..];
    }
}
