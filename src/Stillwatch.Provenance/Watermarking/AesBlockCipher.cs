using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using AesInstructions = System.Runtime.Intrinsics.X86.Aes;

namespace Stillwatch.Provenance.Watermarking;

/// <summary>AES with a key of 128 bits (FIPS 197), one block at a time or many at once. Immutable; safe from any thread.</summary>
/// <remarks>
/// The processor's instructions where it has them, because marking and detection are one block a token and a call into OpenSSL costs fifty
/// times as much; they take the same time for every key and block. Elsewhere the runtime's cipher.
/// </remarks>
internal sealed class AesBlockCipher : IDisposable
{
    /// <summary>Bytes of a key and of a block.</summary>
    public const int BlockBytes = 16;

    private const int Rounds = 10;

    private readonly Vector128<byte>[] _keys = new Vector128<byte>[Rounds + 1];
    private readonly Aes? _portable;

    public AesBlockCipher(ReadOnlySpan<byte> key, bool portable = false)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, BlockBytes);
        if (AesInstructions.IsSupported && !portable)
        {
            Expand(Vector128.Create(key));
            return;
        }

        _portable = Aes.Create();
        _portable.SetKey(key);
    }

    /// <summary>One block.</summary>
    public Vector128<byte> Encrypt(Vector128<byte> block)
    {
        if (_portable is not null)
        {
            return EncryptPortably(block);
        }

        var keys = _keys;
        block ^= keys[0];
        for (var round = 1; round < Rounds; round++)
        {
            block = AesInstructions.Encrypt(block, keys[round]);
        }

        return AesInstructions.EncryptLast(block, keys[Rounds]);
    }

    /// <summary>The blocks tag XOR counter, tag XOR (counter + 1) and so on; eight at a time keep the instruction busy.</summary>
    public void EncryptCounters(Vector128<byte> tag, Span<Vector128<byte>> blocks)
    {
        var first = 0;
        for (; _portable is null && first + 8 <= blocks.Length; first += 8)
        {
            EncryptEight(tag, first, blocks.Slice(first, 8));
        }

        for (; first < blocks.Length; first++)
        {
            blocks[first] = Encrypt(tag ^ Counter(first));
        }
    }

    /// <summary>A counter as a block: 32 bits, little-endian, then zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Counter(int value) => Vector128.CreateScalar((uint)value).AsByte();

    /// <summary>Clears the key.</summary>
    public void Dispose()
    {
        Array.Clear(_keys);
        _portable?.Dispose();
    }

    private void EncryptEight(Vector128<byte> tag, int first, Span<Vector128<byte>> blocks)
    {
        var keys = _keys;
        tag ^= keys[0];
        var (b0, b1, b2, b3) = (tag ^ Counter(first), tag ^ Counter(first + 1), tag ^ Counter(first + 2), tag ^ Counter(first + 3));
        var (b4, b5, b6, b7) = (tag ^ Counter(first + 4), tag ^ Counter(first + 5), tag ^ Counter(first + 6), tag ^ Counter(first + 7));
        for (var round = 1; round < Rounds; round++)
        {
            var key = keys[round];
            b0 = AesInstructions.Encrypt(b0, key);
            b1 = AesInstructions.Encrypt(b1, key);
            b2 = AesInstructions.Encrypt(b2, key);
            b3 = AesInstructions.Encrypt(b3, key);
            b4 = AesInstructions.Encrypt(b4, key);
            b5 = AesInstructions.Encrypt(b5, key);
            b6 = AesInstructions.Encrypt(b6, key);
            b7 = AesInstructions.Encrypt(b7, key);
        }

        var last = keys[Rounds];
        blocks[0] = AesInstructions.EncryptLast(b0, last);
        blocks[1] = AesInstructions.EncryptLast(b1, last);
        blocks[2] = AesInstructions.EncryptLast(b2, last);
        blocks[3] = AesInstructions.EncryptLast(b3, last);
        blocks[4] = AesInstructions.EncryptLast(b4, last);
        blocks[5] = AesInstructions.EncryptLast(b5, last);
        blocks[6] = AesInstructions.EncryptLast(b6, last);
        blocks[7] = AesInstructions.EncryptLast(b7, last);
    }

    private Vector128<byte> EncryptPortably(Vector128<byte> block)
    {
        Span<byte> bytes = stackalloc byte[BlockBytes];
        block.CopyTo(bytes);
        _portable!.EncryptEcb(bytes, bytes, PaddingMode.None);
        return Vector128.Create((ReadOnlySpan<byte>)bytes);
    }

    /// <summary>FIPS 197, section 5.2; the round constants are immediate operands, hence ten calls.</summary>
    private void Expand(Vector128<byte> key)
    {
        _keys[0] = key;
        _keys[1] = Next(_keys[0], AesInstructions.KeygenAssist(_keys[0], 0x01));
        _keys[2] = Next(_keys[1], AesInstructions.KeygenAssist(_keys[1], 0x02));
        _keys[3] = Next(_keys[2], AesInstructions.KeygenAssist(_keys[2], 0x04));
        _keys[4] = Next(_keys[3], AesInstructions.KeygenAssist(_keys[3], 0x08));
        _keys[5] = Next(_keys[4], AesInstructions.KeygenAssist(_keys[4], 0x10));
        _keys[6] = Next(_keys[5], AesInstructions.KeygenAssist(_keys[5], 0x20));
        _keys[7] = Next(_keys[6], AesInstructions.KeygenAssist(_keys[6], 0x40));
        _keys[8] = Next(_keys[7], AesInstructions.KeygenAssist(_keys[7], 0x80));
        _keys[9] = Next(_keys[8], AesInstructions.KeygenAssist(_keys[8], 0x1b));
        _keys[10] = Next(_keys[9], AesInstructions.KeygenAssist(_keys[9], 0x36));
    }

    private static Vector128<byte> Next(Vector128<byte> key, Vector128<byte> assist)
    {
        var words = key.AsUInt32();
        var (w0, w1, w2, w3) = (words.GetElement(0), words.GetElement(1), words.GetElement(2), words.GetElement(3));
        w0 ^= assist.AsUInt32().GetElement(3);
        w1 ^= w0;
        w2 ^= w1;
        w3 ^= w2;
        return Vector128.Create(w0, w1, w2, w3).AsByte();
    }
}
