namespace Stillwatch.Simulation.Grammar;

/// <summary>The vocabulary of one subject: words in UTF-8, English, in their base form.</summary>
internal sealed class Topic
{
    public required byte[] Name { get; init; }

    public required byte[][] Nouns { get; init; }

    public required byte[][] Verbs { get; init; }

    public required byte[][] Adjectives { get; init; }
}
