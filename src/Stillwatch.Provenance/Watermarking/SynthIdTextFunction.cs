using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Stillwatch.Provenance.Watermarking;

/// <summary>The g-values of SynthID-Text as published: one bit a layer for each n-gram. Immutable; safe from any thread.</summary>
/// <remarks>
/// Dathathri et al., "Scalable watermarking for identifying large language model outputs", Nature 2024; google-deepmind/synthid-text
/// (Apache-2.0). A linear congruential hash of 64 bits, made for speed: it promises nothing in the sense of cryptography.
/// </remarks>
public sealed class SynthIdTextFunction
{
    /// <summary>Tokens of an n-gram in the published configuration.</summary>
    public const int DefaultNgramLength = 5;

    /// <summary>Layers that the word of g-values has room for.</summary>
    public const int MaxDepth = 64;

    private const long Multiplier = 6364136223846793005;
    private const int FinalRounds = 12;
    private const int FinalShift = 64 / FinalRounds;
    private const int BitPlace = 30;

    private readonly long[] _keys;

    /// <param name="keys">One a layer, 1 to <see cref="MaxDepth"/>.</param>
    /// <param name="ngramLength">At least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public SynthIdTextFunction(ReadOnlySpan<long> keys, int ngramLength = DefaultNgramLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keys.Length, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(keys.Length, MaxDepth);
        ArgumentOutOfRangeException.ThrowIfLessThan(ngramLength, 2);
        _keys = keys.ToArray();
        NgramLength = ngramLength;
        InitialHash = HashKeys(keys);
    }

    /// <summary>The thirty published keys; everybody knows them.</summary>
    public static ReadOnlySpan<long> PublishedKeys =>
    [
        654, 400, 836, 123, 340, 443, 597, 160, 57, 29, 590, 639, 13, 715, 468,
        990, 966, 226, 324, 585, 118, 504, 421, 521, 129, 669, 732, 225, 90, 960,
    ];

    /// <summary>Tokens of an n-gram: the token and the context before it.</summary>
    public int NgramLength { get; }

    /// <summary>Number of layers.</summary>
    public int Depth => _keys.Length;

    /// <summary>Where hashing begins: SHA-256 of the keys, modulo 2^63 - 1.</summary>
    internal long InitialHash { get; }

    /// <summary>The g-values of an n-gram, that of layer i as bit i.</summary>
    /// <param name="ngram"><see cref="NgramLength"/> ids, oldest first.</param>
    /// <exception cref="ArgumentOutOfRangeException">It has another length.</exception>
    public ulong GValues(ReadOnlySpan<int> ngram)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(ngram.Length, NgramLength);
        return GValues(HashContext(ngram[..^1]), ngram[^1]);
    }

    /// <summary>The hash of a context, from which the candidates for its next token go on.</summary>
    internal long HashContext(ReadOnlySpan<int> context) => Accumulate(InitialHash, context);

    internal ulong GValues(long contextHash, int token)
    {
        var hash = Accumulate(contextHash, [token]);
        var bits = 0UL;
        for (var layer = 0; layer < _keys.Length; layer++)
        {
            var key = Step(hash, _keys[layer]);
            for (var round = 0; round < FinalRounds; round++)
            {
                key = Step(key, 1) >> FinalShift;
            }

            bits |= (ulong)((key >> BitPlace) & 1) << layer;
        }

        return bits;
    }

    internal static long Accumulate(long hash, ReadOnlySpan<int> ids)
    {
        foreach (var id in ids)
        {
            hash = Step(hash, id);
        }

        return hash;
    }

    internal static long Step(long hash, long item) => (hash + item) * Multiplier + 1;

    private static long HashKeys(ReadOnlySpan<long> keys)
    {
        var bytes = new byte[8 * keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8 * i), keys[i]);
        }

        var digest = SHA256.HashData(bytes);
        UInt128 rest = 0;
        foreach (var part in digest)
        {
            rest = ((rest << 8) | part) % long.MaxValue;
        }

        return (long)rest;
    }
}
