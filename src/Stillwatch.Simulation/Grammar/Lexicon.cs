using System.Text;

namespace Stillwatch.Simulation.Grammar;

/// <summary>
/// All topics. Read from the embedded topic file: <c>[name]</c> opens a topic, lines <c>n:</c>, <c>v:</c> and <c>a:</c> carry its nouns,
/// verbs and adjectives; <c>_</c> stands for a blank inside a word.
/// </summary>
internal sealed class Lexicon
{
    private const string Resource = "Stillwatch.Simulation.Grammar.Resources.topics.txt";

    private Lexicon(Topic[] topics) => Topics = topics;

    /// <summary>The vocabulary that is built from the embedded file.</summary>
    public static Lexicon Shared { get; } = Parse(EmbeddedText.Read(Resource));

    public IReadOnlyList<Topic> Topics { get; }

    /// <exception cref="FormatException">A line stands before the first topic, or a topic lacks a kind of word.</exception>
    public static Lexicon Parse(string text)
    {
        var blocks = text.Split('[', StringSplitOptions.RemoveEmptyEntries);
        return new Lexicon([.. blocks.Where(block => block.Contains(']', StringComparison.Ordinal)).Select(ParseTopic)]);
    }

    private static Topic ParseTopic(string block)
    {
        var lines = block.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var name = lines[0].TrimEnd(']');
        return new Topic
        {
            Name = Encoding.UTF8.GetBytes(name),
            Nouns = Words(lines, "n:", name),
            Verbs = Words(lines, "v:", name),
            Adjectives = Words(lines, "a:", name),
        };
    }

    private static byte[][] Words(string[] lines, string mark, string topic)
    {
        var words = lines.Where(line => line.StartsWith(mark, StringComparison.Ordinal))
            .SelectMany(line => line[mark.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(word => Encoding.UTF8.GetBytes(word.Replace('_', ' ')))
            .ToArray();
        return words.Length > 0 ? words : throw new FormatException($"The topic '{topic}' has no line '{mark}'.");
    }
}
