namespace Stillwatch.Provenance.Laboratory;

/// <summary>The shape of a <see cref="TransformerModel"/>.</summary>
/// <remarks>
/// The defaults, with a vocabulary of 2048, make 1.3 million parameters, a quarter of them embeddings. The vocabulary is that of
/// <see cref="WordVocabulary"/>, small: of 1.3 million parameters a vocabulary of 50,000 would leave none for anything else, and whole
/// words, other than byte pairs, leave a mark the contexts that a reader would name.
/// </remarks>
public sealed record TransformerOptions
{
    /// <summary>The largest <see cref="Vocabulary"/>.</summary>
    public const int MaxVocabulary = 1 << 18;

    /// <summary>The largest <see cref="Dimension"/>.</summary>
    public const int MaxDimension = 2048;

    /// <summary>The largest <see cref="Layers"/>.</summary>
    public const int MaxLayers = 64;

    /// <summary>The longest <see cref="Window"/>.</summary>
    public const int MaxWindow = 4096;

    /// <summary>The most parameters that a shape may have: 1 GiB of them.</summary>
    public const long MaxParameters = 1L << 28;

    private const int Multiple = 16;

    /// <summary>Tokens, 2 to <see cref="MaxVocabulary"/>.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>Length of a token's state, 16 to <see cref="MaxDimension"/>, a multiple of 16.</summary>
    public int Dimension { get; init; } = 160;

    /// <summary>Layers, 1 to <see cref="MaxLayers"/>.</summary>
    public int Layers { get; init; } = 3;

    /// <summary>Heads of attention: at least 1, each of an even number of dimensions that is a multiple of 4.</summary>
    public int Heads { get; init; } = 5;

    /// <summary>How many tokens it sees at once, the mark of the beginning among them, 4 to <see cref="MaxWindow"/>.</summary>
    public int Window { get; init; } = 64;

    /// <summary>Width of the gated layer between two of attention: 8/3 of the dimension (Shazeer 2020), a multiple of 16.</summary>
    public int Hidden => (((8 * Dimension / 3) + Multiple - 1) / Multiple) * Multiple;

    /// <summary>Numbers that training sets.</summary>
    public long Parameters =>
        ((Vocabulary + 1L) * Dimension) + Dimension
        + (Layers * ((2L * Dimension) + (4L * Dimension * Dimension) + (3L * Dimension * Hidden)));

    /// <summary>Checks every number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is out of its range, or there are more parameters than can be had.</exception>
    internal void Check()
    {
        ThrowIfOutside(Vocabulary, 2, MaxVocabulary, nameof(Vocabulary));
        ThrowIfOutside(Dimension, Multiple, MaxDimension, nameof(Dimension));
        ThrowIfOutside(Layers, 1, MaxLayers, nameof(Layers));
        ThrowIfOutside(Window, 4, MaxWindow, nameof(Window));
        ThrowIfOutside(Heads, 1, Dimension / 4, nameof(Heads));
        ArgumentOutOfRangeException.ThrowIfNotEqual(Dimension % Multiple, 0, nameof(Dimension));
        ArgumentOutOfRangeException.ThrowIfNotEqual(Dimension % (4 * Heads), 0, nameof(Heads));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Parameters, MaxParameters);
    }

    private static void ThrowIfOutside(int value, int least, int most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }
}
