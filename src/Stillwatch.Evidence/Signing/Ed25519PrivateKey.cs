using System.Security.Cryptography;

namespace Stillwatch.Evidence.Signing;

/// <summary>An Ed25519 private key, held by OpenSSL (RFC 8032 §5.1.5).</summary>
/// <remarks>The seed is not kept here. Signing may go on in several threads at once.</remarks>
public sealed class Ed25519PrivateKey : IDisposable
{
    /// <summary>Bytes of a seed.</summary>
    public const int SeedLength = 32;

    private readonly EvpKeyHandle _key;

    /// <summary>Derives the key from its seed; the caller clears the seed.</summary>
    /// <exception cref="ArgumentException">The seed is not 32 bytes long.</exception>
    /// <exception cref="OpenSslException">OpenSSL could not do its work.</exception>
    public Ed25519PrivateKey(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != SeedLength)
        {
            throw new ArgumentException($"The seed of an Ed25519 key has {SeedLength} bytes, not {seed.Length}.", nameof(seed));
        }

        LibCrypto.ClearErrors();
        _key = LibCrypto.NewPrivateKey(LibCrypto.Ed25519, 0, seed, SeedLength);
        if (_key.IsInvalid)
        {
            throw OpenSslException.FromQueue("EVP_PKEY_new_raw_private_key");
        }

        PublicKey = DerivePublicKey(_key);
    }

    /// <summary>The key that verifies what this one signs.</summary>
    public Ed25519PublicKey PublicKey { get; }

    /// <summary>A fresh seed from the system's random generator; the caller clears it.</summary>
    public static byte[] NewSeed() => RandomNumberGenerator.GetBytes(SeedLength);

    /// <summary>Signs a message: 64 bytes, always the same for the same message.</summary>
    /// <exception cref="OpenSslException">OpenSSL could not do its work.</exception>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        LibCrypto.ClearErrors();
        using var context = LibCrypto.NewContext();
        if (context.IsInvalid || LibCrypto.SignInit(context, 0, 0, 0, _key) != 1)
        {
            throw OpenSslException.FromQueue("EVP_DigestSignInit");
        }

        var signature = new byte[Ed25519PublicKey.SignatureLength];
        nuint length = Ed25519PublicKey.SignatureLength;
        if (LibCrypto.Sign(context, signature, ref length, message, (nuint)message.Length) != 1
            || length != Ed25519PublicKey.SignatureLength)
        {
            throw OpenSslException.FromQueue("EVP_DigestSign");
        }

        return signature;
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private static Ed25519PublicKey DerivePublicKey(EvpKeyHandle key)
    {
        Span<byte> bytes = stackalloc byte[Ed25519PublicKey.Length];
        nuint length = Ed25519PublicKey.Length;
        return LibCrypto.GetPublicKey(key, bytes, ref length) == 1 && length == Ed25519PublicKey.Length
            ? new(bytes)
            : throw OpenSslException.FromQueue("EVP_PKEY_get_raw_public_key");
    }
}
