namespace Stillwatch.Provenance.Watermarking;

/// <summary>A scheme that colours each token green or red by a key and the tokens before it.</summary>
/// <remarks>
/// Implementations may keep lists they have drawn, and are not safe from several threads unless they say so. What is said about chances is
/// over random keys; for schemes of others it takes their generator for a random function of its seed, which it is not in the sense of
/// cryptography.
/// </remarks>
public interface IGreenList
{
    /// <summary>How many tokens before a token its colour depends on, 0 or more.</summary>
    int ContextWidth { get; }

    /// <summary>The exact probability that a token is green, above 0 and below 1.</summary>
    double GreenProbability { get; }

    /// <summary>How colours depend on each other.</summary>
    GreenDependence Dependence { get; }

    /// <summary>Tokens of the vocabulary; null where any id has a colour.</summary>
    int? Vocabulary { get; }

    /// <summary>What decides the colour.</summary>
    /// <param name="context">The <see cref="ContextWidth"/> ids before the token, oldest first.</param>
    /// <param name="token">At least 0, and below <see cref="Vocabulary"/>.</param>
    PairIdentity Identify(ReadOnlySpan<int> context, int token);

    /// <summary>Whether the token is green.</summary>
    /// <inheritdoc cref="Identify"/>
    bool IsGreen(ReadOnlySpan<int> context, int token);
}
