using System.Text;
using Stillwatch.Statistics;

namespace Stillwatch.IntegrationTests.Hunting;

/// <summary>Made-up words, sorted into topics, and sentences of them.</summary>
internal static class Vocabulary
{
    /// <summary>How many topics there are.</summary>
    public const int Topics = 90;

    private const int WordsPerTopic = 70;
    private const string Consonants = "bdfgklmnprstvz";
    private const string Vowels = "aeiou";

    /// <summary>A word of a topic.</summary>
    public static string Word(int topic, ref SeededGenerator generator) => Word((topic * WordsPerTopic) + generator.Next(WordsPerTopic));

    /// <summary>Words of a topic, one space between two.</summary>
    public static string Words(int topic, int count, ref SeededGenerator generator)
    {
        var text = new StringBuilder(Word(topic, ref generator));
        for (var i = 1; i < count; i++)
        {
            text.Append(' ').Append(Word(topic, ref generator));
        }

        return text.ToString();
    }

    /// <summary>A word of its own for every number up to 340,000: three syllables.</summary>
    private static string Word(int number)
    {
        var syllables = Consonants.Length * Vowels.Length;
        var scattered = (int)(number * 7919L % ((long)syllables * syllables * syllables));
        var word = new StringBuilder(6);
        for (var i = 0; i < 3; i++, scattered /= syllables)
        {
            word.Append(Consonants[scattered % Consonants.Length]).Append(Vowels[scattered / Consonants.Length % Vowels.Length]);
        }

        return word.ToString();
    }
}
