namespace Stillwatch.Evidence.Signing;

/// <summary>An Ed25519 public key (RFC 8032 §5.1.5).</summary>
public sealed class Ed25519PublicKey
{
    /// <summary>Bytes of a public key.</summary>
    public const int Length = 32;

    /// <summary>Bytes of a signature.</summary>
    public const int SignatureLength = 64;

    private readonly byte[] _bytes;

    /// <summary>Takes the encoded point.</summary>
    /// <exception cref="ArgumentException">It is not 32 bytes long.</exception>
    public Ed25519PublicKey(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"An Ed25519 public key has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _bytes = bytes.ToArray();
    }

    /// <summary>The encoded point, 32 bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Whether a signature is this key's over a message; a key that is no point of the curve verifies nothing.</summary>
    /// <exception cref="OpenSslException">OpenSSL could not do its work.</exception>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength)
        {
            return false;
        }

        LibCrypto.ClearErrors();
        using var key = LibCrypto.NewPublicKey(LibCrypto.Ed25519, 0, _bytes, Length);
        using var context = LibCrypto.NewContext();
        if (key.IsInvalid || context.IsInvalid || LibCrypto.VerifyInit(context, 0, 0, 0, key) != 1)
        {
            throw OpenSslException.FromQueue("EVP_DigestVerifyInit");
        }

        var verified = LibCrypto.Verify(context, signature, (nuint)signature.Length, message, (nuint)message.Length) == 1;
        LibCrypto.ClearErrors();
        return verified;
    }
}
