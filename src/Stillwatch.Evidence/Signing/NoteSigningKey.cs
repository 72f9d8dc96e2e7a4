using System.Security.Cryptography;

namespace Stillwatch.Evidence.Signing;

/// <summary>A named private key that signs notes, written as Go's <c>note</c> package and Tessera write it.</summary>
/// <remarks>
/// <code>
/// "PRIVATE+KEY+" name "+" hex8(key ID) "+" base64(type || 32-byte seed)
/// </code>
/// The key ID is that of the public key. No message of this type holds any part of the text it read.
/// </remarks>
public sealed class NoteSigningKey : IDisposable
{
    private const string FormPrefix = "PRIVATE+KEY+";

    private readonly Ed25519PrivateKey _key;

    /// <summary>Names a private key; disposing this disposes it.</summary>
    public NoteSigningKey(string name, NoteKeyType type, Ed25519PrivateKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        _key = key;
        VerifierKey = new(name, type, key.PublicKey);
    }

    /// <summary>The public half.</summary>
    public NoteVerifierKey VerifierKey { get; }

    /// <summary>Makes a key and gives its written form, which is a secret.</summary>
    public static string Generate(string name, NoteKeyType type)
    {
        var seed = Ed25519PrivateKey.NewSeed();
        try
        {
            using var key = new NoteSigningKey(name, type, new(seed));
            byte[] material = [(byte)type, .. seed];
            var form = $"{FormPrefix}{name}+{key.VerifierKey.KeyId:x8}+{Convert.ToBase64String(material)}";
            CryptographicOperations.ZeroMemory(material);
            return form;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <summary>Reads the written form.</summary>
    /// <exception cref="InvalidDataException">It is malformed, its key ID is not that of its key, or its type is not supported.</exception>
    public static NoteSigningKey Parse(string form)
    {
        ArgumentNullException.ThrowIfNull(form);
        if (!form.StartsWith(FormPrefix, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"A private key begins with {FormPrefix}.");
        }

        if (NoteVerifierKey.Read(form[FormPrefix.Length..], out var name, out var id, out var material) is { } fault)
        {
            throw new InvalidDataException($"The private key cannot be read: {fault}");
        }

        try
        {
            return Create(name, id, material);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(material);
        }
    }

    /// <summary>Signs a text as a log does.</summary>
    /// <exception cref="InvalidOperationException">The key is a witness's.</exception>
    public NoteSignature Sign(ReadOnlySpan<byte> text)
    {
        Require(NoteKeyType.Ed25519);
        return new(VerifierKey.Name, VerifierKey.KeyId, _key.Sign(text));
    }

    /// <summary>Cosigns the text of a checkpoint as a witness does.</summary>
    /// <param name="text">The whole text, without signatures.</param>
    /// <param name="at">When; counted in whole seconds.</param>
    /// <exception cref="InvalidOperationException">The key is a log's.</exception>
    public NoteSignature Cosign(ReadOnlySpan<byte> text, DateTimeOffset at)
    {
        Require(NoteKeyType.Cosignature);
        var seconds = (ulong)at.ToUnixTimeSeconds();
        var signature = _key.Sign(CosignatureMessage.Create(seconds, text));
        return new(VerifierKey.Name, VerifierKey.KeyId, CosignatureMessage.Join(seconds, signature));
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private static NoteSigningKey Create(string name, uint id, byte[] material)
    {
        var type = (NoteKeyType)material[0];
        if (!Enum.IsDefined(type) || material.Length != 1 + Ed25519PrivateKey.SeedLength)
        {
            throw new InvalidDataException($"The private key of {name} is of type 0x{material[0]:x2}; 0x01 and 0x04 are supported.");
        }

        var key = new NoteSigningKey(name, type, new(material.AsSpan(1)));
        if (key.VerifierKey.KeyId == id)
        {
            return key;
        }

        key.Dispose();
        throw new InvalidDataException($"The private key of {name} says that its ID is {id:x8}, which is not that of its bytes.");
    }

    private void Require(NoteKeyType type)
    {
        if (VerifierKey.Type != type)
        {
            throw new InvalidOperationException($"The key {VerifierKey.Name} is of type {VerifierKey.Type}, not {type}.");
        }
    }
}
