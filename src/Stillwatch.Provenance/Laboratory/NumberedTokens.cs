using System.Globalization;

namespace Stillwatch.Provenance.Laboratory;

/// <summary>Tokens as text: a space, <c>w</c> and the number. Words that are none of these stand for some token.</summary>
/// <remarks>For models without words of their own; one that was trained on a text has a <see cref="WordVocabulary"/>.</remarks>
public static class NumberedTokens
{
    /// <summary>The text of a token.</summary>
    public static string TextOf(int token) => string.Create(CultureInfo.InvariantCulture, $" w{token}");

    /// <summary>The number of a token's text; null if it is none.</summary>
    public static int? NumberOf(ReadOnlySpan<char> text) =>
        text.Trim() is ['w', .. var digits] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>The tokens of a text.</summary>
    /// <param name="text">Words, whatever stands between them.</param>
    /// <param name="vocabulary">How many tokens there are.</param>
    public static List<int> Read(string text, int vocabulary)
    {
        ArgumentNullException.ThrowIfNull(text);
        var tokens = new List<int>();
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            tokens.Add(NumberOf(word) is { } number && number < vocabulary ? number : (int)(Hash(word) % (uint)vocabulary));
        }

        return tokens;
    }

    /// <summary>FNV-1a, 32 bits: the same on every run.</summary>
    private static uint Hash(string word)
    {
        var hash = 2166136261;
        foreach (var character in word)
        {
            hash = (hash ^ character) * 16777619;
        }

        return hash;
    }
}
