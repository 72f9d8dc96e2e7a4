using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Provenance.Tests.Watermarking;

public sealed class KeyedGreenBitsTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 16).Select(static i => (byte)i)];

    [Fact]
    public void Cipher_OfTheStandardsExample_GivesItsBlock()
    {
        // FIPS 197, appendix C.1.
        var plain = Vector128.Create(Convert.FromHexString("00112233445566778899aabbccddeeff"));
        var expected = Vector128.Create(Convert.FromHexString("69c4e0d86a7b0430d8cdb78070b4c55a"));
        using var fast = new AesBlockCipher(Key);
        using var portable = new AesBlockCipher(Key, portable: true);
        Assert.Equal(expected, fast.Encrypt(plain));
        Assert.Equal(expected, portable.Encrypt(plain));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(43)]
    public void Counters_ManyAtOnce_AreTheBlocksOneByOne(int count)
    {
        using var fast = new AesBlockCipher(Key);
        using var portable = new AesBlockCipher(Key, portable: true);
        var tag = Vector128.Create(Convert.FromHexString("00112233445566778899aabbccddeeff"));
        var (blocks, slow) = (new Vector128<byte>[count], new Vector128<byte>[count]);
        fast.EncryptCounters(tag, blocks);
        portable.EncryptCounters(tag, slow);
        Assert.Equal(slow, blocks);
        Assert.Equal(fast.Encrypt(tag ^ AesBlockCipher.Counter(count - 1)), blocks[^1]);
    }

    [Fact]
    public void Bits_OfATokenAndOfAllTokens_FollowTheWrittenForm()
    {
        using var bits = new KeyedGreenBits(Key, contextWidth: 2);
        using var aes = Aes.Create();
        aes.Key = Key;
        var words = new ulong[KeyedGreenBits.WordsFor(1000)];
        bits.Fill([70000, 9], words);
        for (var token = 0; token < 1000; token++)
        {
            var block = new byte[16];
            BinaryPrimitives.WriteInt32LittleEndian(block, 70000);
            BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(4), 9);
            var tag = aes.EncryptEcb(block, PaddingMode.None);
            BinaryPrimitives.WriteInt32LittleEndian(tag, BinaryPrimitives.ReadInt32LittleEndian(tag) ^ (token / 128));
            var expected = ((aes.EncryptEcb(tag, PaddingMode.None)[token % 128 / 8] >> (token % 8)) & 1) != 0;
            Assert.Equal(expected, bits.IsGreen([70000, 9], token));
            Assert.Equal(expected, ((words[token / 64] >> token) & 1) != 0);
        }
    }

    [Fact]
    public void Bits_OfAnotherContextOrKey_AreUnrelated()
    {
        using var bits = new KeyedGreenBits(Key, contextWidth: 1);
        using var other = new KeyedGreenBits([.. Key.Reverse()], contextWidth: 1);
        var (contexts, keys) = (0, 0);
        for (var token = 0; token < 10_000; token++)
        {
            contexts += bits.IsGreen([1], token) == bits.IsGreen([2], token) ? 1 : 0;
            keys += bits.IsGreen([1], token) == other.IsGreen([1], token) ? 1 : 0;
        }

        Assert.InRange(contexts, 4700, 5300);
        Assert.InRange(keys, 4700, 5300);
    }

    [Fact]
    public void Width_OutOfRangeOrContextOfAnother_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new KeyedGreenBits(Key, 5));
        using var bits = new KeyedGreenBits(Key, 2);
        Assert.Throws<ArgumentOutOfRangeException>(() => bits.IsGreen([1], 2));
    }
}
