using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Stillwatch.Provenance.Watermarking;

/// <summary>
/// The colours of the production mark: one bit for each (context, token), by a keyed function of cryptography, half of all green. Safe from
/// any thread.
/// </summary>
/// <remarks>
/// <code>
/// context block : up to four ids, 32 bits each, little-endian, oldest first; zeros where the context is narrower
/// tag           : AES-128(key, context block)
/// bits of tokens 128 j to 128 j + 127 : AES-128(key, tag XOR j), token 128 j + i at bit i of the little-endian block
/// </code>
/// CBC-MAC over two blocks, which for messages of one length is a pseudorandom function (Bellare, Kilian and Rogaway 2000); a key serves
/// one width. After q blocks its bits differ from independent ones by at most about q^2 / 2^128 in total variation: 2^-48 for 2^40 blocks.
/// So tests that are exact for independent bits are exact here.
/// </remarks>
public sealed class KeyedGreenBits : IGreenList, IDisposable
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyBytes = AesBlockCipher.BlockBytes;

    /// <summary>The widest context.</summary>
    public const int MaxContextWidth = 4;

    private const int TokensPerBlock = 128;

    private readonly AesBlockCipher _cipher;

    /// <param name="key"><see cref="KeyBytes"/> secret bytes, used for this width only.</param>
    /// <param name="contextWidth">0 to <see cref="MaxContextWidth"/>: narrow contexts are learnt by students, wide ones resist
    /// theft.</param>
    /// <exception cref="ArgumentOutOfRangeException">The key's length or the width is out of range.</exception>
    public KeyedGreenBits(ReadOnlySpan<byte> key, int contextWidth)
        : this(new AesBlockCipher(key), contextWidth)
    {
    }

    internal KeyedGreenBits(AesBlockCipher cipher, int contextWidth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(contextWidth);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(contextWidth, MaxContextWidth);
        (_cipher, ContextWidth) = (cipher, contextWidth);
    }

    /// <inheritdoc/>
    public int ContextWidth { get; }

    /// <inheritdoc/>
    public double GreenProbability => 0.5;

    /// <inheritdoc/>
    public GreenDependence Dependence => GreenDependence.Independent;

    /// <inheritdoc/>
    public int? Vocabulary => null;

    /// <inheritdoc/>
    public PairIdentity Identify(ReadOnlySpan<int> context, int token) => PairIdentity.Of(context, token);

    /// <inheritdoc/>
    public bool IsGreen(ReadOnlySpan<int> context, int token) => IsGreen(Tag(context), token);

    /// <summary>As the public one, for many tokens after one context.</summary>
    internal bool IsGreen(Vector128<byte> tag, int token)
    {
        var block = _cipher.Encrypt(tag ^ AesBlockCipher.Counter(token / TokensPerBlock));
        return ((block.AsUInt64().GetElement((token >> 6) & 1) >> token) & 1) != 0;
    }

    /// <summary>The bits of all tokens from 0 on, 64 a word; those past the vocabulary are to be ignored.</summary>
    /// <param name="context">The <see cref="ContextWidth"/> ids before the token, oldest first.</param>
    /// <param name="bits">An even number of words.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is another, or the number of words odd.</exception>
    public void Fill(ReadOnlySpan<int> context, Span<ulong> bits)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bits.Length % 2, 0);
        _cipher.EncryptCounters(Tag(context), MemoryMarshal.Cast<ulong, Vector128<byte>>(bits));
    }

    /// <summary>Words that <see cref="Fill"/> needs for a vocabulary.</summary>
    public static int WordsFor(int vocabulary) => 2 * ((vocabulary + TokensPerBlock - 1) / TokensPerBlock);

    /// <summary>Clears the key.</summary>
    public void Dispose() => _cipher.Dispose();

    /// <summary>The context's block, encrypted.</summary>
    internal Vector128<byte> Tag(ReadOnlySpan<int> context)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(context.Length, ContextWidth);
        Span<int> block = stackalloc int[MaxContextWidth];
        block.Clear();
        context.CopyTo(block);
        return _cipher.Encrypt(Vector128.Create((ReadOnlySpan<int>)block).AsByte());
    }
}
