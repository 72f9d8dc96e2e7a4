namespace Stillwatch.Provenance.Watermarking;

/// <summary>The mark of Kirchenbauer and others, bit by bit as their code makes it on the CPU.</summary>
/// <remarks>
/// Kirchenbauer et al., "A watermark for large language models", ICML 2023, and "On the reliability of watermarks", ICLR 2024;
/// jwkirchenbauer/lm-watermarking (Apache-2.0). The generator uses 32 bits of the seed, and for <see cref="KgwSeeding.SelfHash"/> many
/// contexts have one seed: <see cref="Identify"/> knows both, which the published detector does not.
/// </remarks>
public sealed class KgwGreenList : IGreenList
{
    /// <summary>The published key.</summary>
    public const long PublishedKey = 15485863;

    private const int HashTableSize = 1_000_003;
    private const ulong HashTableSeed = 2971215073;

    private static readonly Lazy<int[]> HashTable =
        new(static () => new TorchGenerator(HashTableSeed).Permutation(HashTableSize, HashTableSize));

    private readonly KgwSeeding _seeding;
    private readonly long _key;
    private readonly PermutedLists _lists;

    /// <param name="seeding">How lists follow from contexts.</param>
    /// <param name="vocabulary">Size of the vocabulary, at least 2.</param>
    /// <param name="gamma">The share of green tokens, above 0 and below 1; the published default is 0.25.</param>
    /// <param name="key">The key; everybody knows the published one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share leaves no green or no red token.</exception>
    public KgwGreenList(KgwSeeding seeding, int vocabulary, double gamma, long key = PublishedKey)
    {
        var green = (int)(vocabulary * gamma);
        ArgumentOutOfRangeException.ThrowIfLessThan(green, 1, nameof(gamma));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(green, vocabulary, nameof(gamma));
        (_seeding, _key, Vocabulary) = (seeding, key, vocabulary);
        GreenProbability = (double)green / vocabulary;
        _lists = new(vocabulary, green);
    }

    /// <inheritdoc/>
    public int ContextWidth => _seeding == KgwSeeding.Simple ? 1 : 3;

    /// <inheritdoc/>
    public double GreenProbability { get; }

    /// <inheritdoc/>
    public GreenDependence Dependence => GreenDependence.FixedCountPerContext;

    /// <inheritdoc/>
    public int? Vocabulary { get; }

    /// <inheritdoc/>
    public PairIdentity Identify(ReadOnlySpan<int> context, int token)
    {
        var seed = (uint)Seed(context, token);
        return new(seed, ((ulong)seed << 32) | (uint)token);
    }

    /// <inheritdoc/>
    public bool IsGreen(ReadOnlySpan<int> context, int token) => _lists.Contains(Seed(context, token), token);

    /// <summary>What the generator is seeded with: the pseudorandom number modulo 2^64 - 1.</summary>
    internal ulong Seed(ReadOnlySpan<int> context, int token)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(context.Length, ContextWidth);
        var number = _seeding == KgwSeeding.Simple ? _key * context[0] : SmallestProduct(context, token);
        return number < 0 ? (ulong)number - 1 : (ulong)number;
    }

    /// <summary>The products wrap at 64 bits, and the smallest is that of signed numbers, as in the original.</summary>
    private long SmallestProduct(ReadOnlySpan<int> context, int token)
    {
        var anchor = _key * HashOf(token);
        var smallest = anchor * HashOf(token);
        foreach (var id in context)
        {
            smallest = Math.Min(smallest, anchor * HashOf(id));
        }

        return smallest;
    }

    private static long HashOf(int id) => HashTable.Value[id % HashTableSize] + 1;
}
