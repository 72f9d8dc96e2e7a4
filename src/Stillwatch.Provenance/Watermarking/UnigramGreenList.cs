using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Stillwatch.Provenance.Watermarking;

/// <summary>One green list for all contexts, as the Unigram mark draws it. Immutable; safe from any thread.</summary>
/// <remarks>
/// Zhao et al., "Provable robust watermarking for AI-generated text", ICLR 2024; XuandongZhao/Unigram-Watermark (MIT). It survives
/// paraphrase best among green lists, and is the easiest to read off by counting words.
/// </remarks>
public sealed class UnigramGreenList : IGreenList
{
    private readonly bool[] _green;

    /// <param name="key">The key.</param>
    /// <param name="vocabulary">Size of the vocabulary, at least 2.</param>
    /// <param name="gamma">The share of green tokens, above 0 and below 1; the published default is 0.5.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share leaves no green or no red token.</exception>
    public UnigramGreenList(long key, int vocabulary, double gamma)
    {
        GreenTokens = (int)(vocabulary * gamma);
        ArgumentOutOfRangeException.ThrowIfLessThan(GreenTokens, 1, nameof(gamma));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(GreenTokens, vocabulary, nameof(gamma));
        Vocabulary = vocabulary;
        _green = new bool[vocabulary];
        _green.AsSpan(0, GreenTokens).Fill(true);
        new NumpyGenerator(SeedOf(key)).Shuffle<bool>(_green);
    }

    /// <summary>How many tokens are green.</summary>
    public int GreenTokens { get; }

    /// <inheritdoc/>
    public int ContextWidth => 0;

    /// <inheritdoc/>
    public double GreenProbability => (double)GreenTokens / _green.Length;

    /// <inheritdoc/>
    public GreenDependence Dependence => GreenDependence.FixedCountOverall;

    /// <inheritdoc/>
    public int? Vocabulary { get; }

    /// <inheritdoc/>
    public PairIdentity Identify(ReadOnlySpan<int> context, int token) => new(0, (uint)token);

    /// <inheritdoc/>
    public bool IsGreen(ReadOnlySpan<int> context, int token) => _green[token];

    /// <summary>The green ids, ascending, for an interface that takes a bias for each of some ids.</summary>
    public IReadOnlyList<int> GreenIds() => [.. Enumerable.Range(0, _green.Length).Where(id => _green[id])];

    private static uint SeedOf(long key)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, key);
        return BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(bytes));
    }
}
