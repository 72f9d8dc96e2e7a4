using System.Security.Cryptography;
using System.Text;
using Stillwatch.Evidence.Signing;

namespace Stillwatch.Evidence.Tests.Signing;

public sealed class Ed25519Tests
{
    /// <summary>RFC 8032 §7.1: TEST 1, 2, 3 and SHA(abc).</summary>
    public static TheoryData<string, string, string, string> Vectors => new()
    {
        {
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
            + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        },
        {
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        },
        {
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
            + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        },
        {
            "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
            "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            Convert.ToHexStringLower(SHA512.HashData("abc"u8)),
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
            + "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
        },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Sign_PublishedVector_GivesItsSignature(string seed, string publicKey, string message, string signature)
    {
        using var key = new Ed25519PrivateKey(Convert.FromHexString(seed));
        Assert.Equal(publicKey, Convert.ToHexStringLower(key.PublicKey.Bytes));
        Assert.Equal(signature, Convert.ToHexStringLower(key.Sign(Convert.FromHexString(message))));
        Assert.True(key.PublicKey.Verify(Convert.FromHexString(message), Convert.FromHexString(signature)));
    }

    [Fact]
    public void Verify_OneBitOfSignatureMessageOrKeyChanged_Fails()
    {
        using var key = new Ed25519PrivateKey(Enumerable.Repeat((byte)7, 32).ToArray());
        byte[] message = [.. "the text"u8];
        var signature = key.Sign(message);
        for (var bit = 0; bit < signature.Length * 8; bit++)
        {
            Assert.False(key.PublicKey.Verify(message, Flip(signature, bit)));
        }

        Assert.All(Enumerable.Range(0, message.Length * 8), bit => Assert.False(key.PublicKey.Verify(Flip(message, bit), signature)));
        var bytes = key.PublicKey.Bytes.ToArray();
        Assert.All(Enumerable.Range(0, 256), bit => Assert.False(new Ed25519PublicKey(Flip(bytes, bit)).Verify(message, signature)));
        Assert.True(key.PublicKey.Verify(message, signature));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(63)]
    [InlineData(65)]
    public void Verify_SignatureOfWrongLength_Fails(int length)
    {
        using var key = new Ed25519PrivateKey(new byte[32]);
        Assert.False(key.PublicKey.Verify("text"u8, new byte[length]));
    }

    [Fact]
    public void NewSeed_Twice_DiffersEachTime() => Assert.NotEqual(Ed25519PrivateKey.NewSeed(), Ed25519PrivateKey.NewSeed());

    [Fact]
    public async Task Sign_ByManyThreads_IsWhatOpenSslAccepts()
    {
        using var key = new Ed25519PrivateKey(Ed25519PrivateKey.NewSeed());
        var message = Encoding.UTF8.GetBytes("one message for all threads");
        var signatures = new byte[64][];
        Parallel.For(0, signatures.Length, i => signatures[i] = key.Sign(message));
        Assert.All(signatures, signature => Assert.Equal(signatures[0], signature));
        Assert.True(await OpenSslSignature.VerifiesAsync(key.PublicKey, message, signatures[0]));
        Assert.False(await OpenSslSignature.VerifiesAsync(key.PublicKey, message, Flip(signatures[0], 3)));
    }

    private static byte[] Flip(byte[] bytes, int bit)
    {
        var changed = (byte[])bytes.Clone();
        changed[bit / 8] ^= (byte)(1 << (bit % 8));
        return changed;
    }
}
