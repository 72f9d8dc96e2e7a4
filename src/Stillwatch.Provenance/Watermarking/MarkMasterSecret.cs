using System.Security.Cryptography;

namespace Stillwatch.Provenance.Watermarking;

/// <summary>The secret from which the keys of all labels are derived. Its text says nothing of it. Safe from any thread.</summary>
/// <remarks>HKDF with SHA-256 (RFC 5869): keys of other labels reveal nothing about a label's key, nor about the secret.</remarks>
public sealed class MarkMasterSecret : IDisposable
{
    /// <summary>Length of a secret.</summary>
    public const int Bytes = 32;

    private readonly byte[] _secret;

    /// <param name="secret"><see cref="Bytes"/> random bytes; they are copied.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are more or fewer.</exception>
    public MarkMasterSecret(ReadOnlySpan<byte> secret)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(secret.Length, Bytes);
        _secret = secret.ToArray();
    }

    /// <summary>The key of a label; always the same.</summary>
    /// <exception cref="ArgumentException">The label is at fault.</exception>
    public MarkKey Derive(MarkLabel label)
    {
        ArgumentNullException.ThrowIfNull(label);
        return label.Fault() is { } fault
            ? throw new ArgumentException(fault, nameof(label))
            : new(
                label,
                Expand(label, "key", KeyedGreenBits.KeyBytes),
                Expand(label, "nonce", MarkKey.NonceBytes),
                Expand(label, "id", MarkKey.IdBytes));
    }

    /// <summary>Clears the secret.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(_secret);

    /// <summary>Says that there is a secret.</summary>
    public override string ToString() => "a master secret of marks";

    private byte[] Expand(MarkLabel label, string purpose, int bytes) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, bytes, salt: [], info: label.ToBytes(purpose));
}
