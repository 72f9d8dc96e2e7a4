using System.Collections.Frozen;
using Stillwatch.Provenance.Lineage;

namespace Stillwatch.Provenance.Laboratory;

/// <summary>The words of a text as ids, the most frequent first; rarer words than there is room for share the last id. Immutable.</summary>
/// <remarks>The same text gives the same ids, so that whoever has it can read what was written with them.</remarks>
public sealed class WordVocabulary
{
    private const string Rare = "\u2026";

    private readonly string[] _words;
    private readonly FrozenDictionary<string, int> _ids;

    private WordVocabulary(string[] words)
    {
        _words = words;
        _ids = words.Select(static (word, id) => (word, id))
            .ToFrozenDictionary(static pair => pair.word, static pair => pair.id, StringComparer.Ordinal);
    }

    /// <summary>Number of ids, the shared one among them.</summary>
    public int Count => _words.Length + 1;

    /// <summary>The id that all rarer words share.</summary>
    public int RareId => _words.Length;

    /// <summary>The vocabulary of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">Ids at most, at least 2.</param>
    public static WordVocabulary OfText(string text, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        return new(
        [
            .. AnswerSimilarity.Words(text).GroupBy(static word => word, StringComparer.Ordinal)
                .OrderByDescending(static equal => equal.Count()).ThenBy(static equal => equal.Key, StringComparer.Ordinal)
                .Take(most - 1)
                .Select(static equal => equal.Key),
        ]);
    }

    /// <summary>The ids of a text's words.</summary>
    public int[] Encode(string text) => [.. AnswerSimilarity.Words(text).Select(word => _ids.GetValueOrDefault(word, RareId))];

    /// <summary>The words of ids, with a blank between two.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An id is outside the vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> ids)
    {
        var words = new string[ids.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(ids[i], nameof(ids));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(ids[i], RareId, nameof(ids));
            words[i] = ids[i] == RareId ? Rare : _words[ids[i]];
        }

        return string.Join(' ', words);
    }
}
