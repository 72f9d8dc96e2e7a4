using System.Security.Cryptography;

namespace Stillwatch.Provenance.Watermarking;

/// <summary>The key of one label, with what commits to it. Its text shows the id only. Safe from any thread.</summary>
public sealed class MarkKey : IDisposable
{
    /// <summary>The production scheme's name in entries, reports and files of keys.</summary>
    public const string Scheme = "stillwatch-mark-1";

    /// <summary>Length of the nonce that hides a commitment's content.</summary>
    public const int NonceBytes = 32;

    /// <summary>Length of an id before it is written in hexadecimal digits.</summary>
    public const int IdBytes = 16;

    private readonly byte[] _key;
    private readonly byte[] _nonce;

    internal MarkKey(MarkLabel label, byte[] key, byte[] nonce, byte[] id)
    {
        (Label, _key, _nonce) = (label, key, nonce);
        Id = Convert.ToHexStringLower(id);
        Commitment = Commit(label.ContextWidth, key, nonce);
        Bits = new(key, label.ContextWidth);
    }

    /// <summary>Whose key it is.</summary>
    public MarkLabel Label { get; }

    /// <summary>A name for logs and reports, 32 hexadecimal digits; tells nothing about label or key.</summary>
    public string Id { get; }

    /// <summary>What is published before the key is used: it binds to the key and reveals nothing about it.</summary>
    public string Commitment { get; }

    /// <summary>The colours.</summary>
    public KeyedGreenBits Bits { get; }

    /// <summary>
    /// What opens the commitment, in hexadecimal digits: to be given to a verifier in a dispute, when the key is no longer in use.
    /// </summary>
    public (string Key, string Nonce) DangerousReveal() => (Convert.ToHexStringLower(_key), Convert.ToHexStringLower(_nonce));

    /// <summary>Whether a revealed key is the one that was committed to.</summary>
    public static bool Opens(string commitment, int contextWidth, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce) =>
        Commit(contextWidth, key, nonce) == commitment;

    /// <summary>Clears the key.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_key);
        CryptographicOperations.ZeroMemory(_nonce);
        Bits.Dispose();
    }

    /// <summary>The id.</summary>
    public override string ToString() => $"mark {Id}";

    /// <summary>SHA-256 of a name of the form, the width, the nonce and the key, all of fixed length.</summary>
    private static string Commit(int contextWidth, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce) =>
        Convert.ToHexStringLower(SHA256.HashData([.. "stillwatch mark commitment v1"u8, (byte)contextWidth, .. nonce, .. key]));
}
