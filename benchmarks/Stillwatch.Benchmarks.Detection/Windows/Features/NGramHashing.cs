using System.Runtime.InteropServices;

namespace Stillwatch.Benchmarks.Detection.Windows.Features;

/// <summary>
/// Turns a text into counts of hashed n-grams: words and pairs of words in lower case, and runs of three to five characters as they are
/// written.
/// </summary>
/// <remarks>
/// Weinberger et al., "Feature hashing for large scale multitask learning", ICML 2009, without its sign, which the projection supplies.
/// Each kind has 2^18 buckets of its own. Only the first 2,000 characters count, about as much as the 512 tokens that the encoder of the
/// published experiments reads. Runs of white space count as one space. Stateless; safe from any thread.
/// </remarks>
internal static class NGramHashing
{
    /// <summary>Buckets of all kinds together.</summary>
    public const int Buckets = 4 * BucketsOfAKind;

    /// <summary>The first bucket of runs of characters; words and pairs of words lie below it.</summary>
    public const int FirstOfCharacters = 2 * BucketsOfAKind;

    /// <summary>The first bucket of runs of four and five characters.</summary>
    public const int FirstOfLongRuns = 3 * BucketsOfAKind;

    private const int BucketsOfAKind = 1 << 18;
    private const int MaxCharacters = 2000;
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    public static SparseQuery Extract(string text)
    {
        var seen = Squeezed(text.AsSpan(0, Math.Min(text.Length, MaxCharacters)));
        var counts = new Dictionary<int, int>();
        var words = Words(seen);
        for (var i = 0; i < words.Count; i++)
        {
            Add(counts, 0, words[i]);
            Add(counts, BucketsOfAKind, words[i] * FnvPrime ^ (i == 0 ? 0 : words[i - 1]));
        }

        for (var length = 3; length <= 5; length++)
        {
            for (var start = 0; start + length <= seen.Length; start++)
            {
                Add(counts, length == 3 ? FirstOfCharacters : FirstOfLongRuns, Hash(seen.AsSpan(start, length)));
            }
        }

        var buckets = counts.Keys.Order().ToArray();
        return new(buckets, [.. buckets.Select(bucket => counts[bucket])], [.. words], Typography.Of(text));
    }

    private static void Add(Dictionary<int, int> counts, int first, ulong hash) =>
        CollectionsMarshal.GetValueRefOrAddDefault(counts, first + (int)(Mixed(hash) % BucketsOfAKind), out _)++;

    /// <summary>Hashes of the runs of letters and digits, in lower case, and of every other visible character.</summary>
    private static List<ulong> Words(string text)
    {
        var words = new List<ulong>();
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsLetterOrDigit(text[i]))
            {
                continue;
            }

            AddWord(text[start..i]);
            AddWord(text[i..(i + 1)].Trim());
            start = i + 1;
        }

        AddWord(text[start..]);
        return words;

        void AddWord(string word)
        {
            if (word.Length > 0)
            {
                words.Add(Hash(word.ToLowerInvariant()));
            }
        }
    }

    /// <summary>The text between two spaces, so that a run of characters can tell where words begin and end.</summary>
    private static string Squeezed(ReadOnlySpan<char> text)
    {
        var squeezed = new System.Text.StringBuilder(" ");
        foreach (var character in text)
        {
            if (!char.IsWhiteSpace(character))
            {
                squeezed.Append(character);
            }
            else if (squeezed[^1] != ' ')
            {
                squeezed.Append(' ');
            }
        }

        return squeezed.Append(squeezed[^1] == ' ' ? "" : " ").ToString();
    }

    private static ulong Hash(ReadOnlySpan<char> text)
    {
        var hash = FnvOffset;
        foreach (var character in text)
        {
            hash = (hash ^ character) * FnvPrime;
        }

        return hash;
    }

    /// <summary>Spreads the entropy of a product over all bits (Stafford's variant 13 of the mixer of MurmurHash3).</summary>
    private static ulong Mixed(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }
}
