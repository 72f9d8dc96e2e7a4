namespace Stillwatch.Provenance.Watermarking;

/// <summary>The green lists of the published radioactivity tests, seeding <c>hash</c>.</summary>
/// <remarks>
/// Sander et al., "Watermarking makes language models radioactive", NeurIPS 2024: the seed is folded over the window as
/// s = (35317 s + id) mod (2^64 - 1), and the list is the first part of a permutation on the CPU. Written from the description.
/// </remarks>
public sealed class RadioactiveHashGreenList : IGreenList
{
    private const ulong Salt = 35317;

    private readonly ulong _seed;
    private readonly PermutedLists _lists;

    /// <param name="width">Tokens of the window, at least 1; published: 2.</param>
    /// <param name="vocabulary">Size of the vocabulary, at least 2.</param>
    /// <param name="gamma">The share of green tokens, above 0 and below 1; published: 0.25.</param>
    /// <param name="seed">Where folding begins: the key; published: 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is below 1, or the share leaves no green or no red token.</exception>
    public RadioactiveHashGreenList(int width, int vocabulary, double gamma, ulong seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        var green = (int)(vocabulary * gamma);
        ArgumentOutOfRangeException.ThrowIfLessThan(green, 1, nameof(gamma));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(green, vocabulary, nameof(gamma));
        (ContextWidth, _seed, Vocabulary) = (width, seed, vocabulary);
        GreenProbability = (double)green / vocabulary;
        _lists = new(vocabulary, green);
    }

    /// <inheritdoc/>
    public int ContextWidth { get; }

    /// <inheritdoc/>
    public double GreenProbability { get; }

    /// <inheritdoc/>
    public GreenDependence Dependence => GreenDependence.FixedCountPerContext;

    /// <inheritdoc/>
    public int? Vocabulary { get; }

    /// <inheritdoc/>
    public PairIdentity Identify(ReadOnlySpan<int> context, int token)
    {
        var seed = (uint)Seed(context);
        return new(seed, ((ulong)seed << 32) | (uint)token);
    }

    /// <inheritdoc/>
    public bool IsGreen(ReadOnlySpan<int> context, int token) => _lists.Contains(Seed(context), token);

    internal ulong Seed(ReadOnlySpan<int> context)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(context.Length, ContextWidth);
        UInt128 seed = _seed;
        foreach (var id in context)
        {
            seed = (seed * Salt + (uint)id) % ulong.MaxValue;
        }

        return (ulong)seed;
    }
}
