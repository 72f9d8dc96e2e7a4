using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Stillwatch.Evidence.Signing;

/// <summary>A named public key that verifies signatures of notes: a <c>vkey</c> of C2SP signed-note.</summary>
/// <remarks>
/// <code>
/// vkey   = name "+" hex8(key ID) "+" base64(type || 32-byte public key)
/// key ID = SHA-256(name || 0x0A || type || public key)[:4]
/// </code>
/// </remarks>
public sealed class NoteVerifierKey
{
    private const int KeyIdHexLength = 8;

    /// <summary>Names a key.</summary>
    /// <exception cref="ArgumentException">The name is no name of a note's key (<see cref="NoteName"/>).</exception>
    public NoteVerifierKey(string name, NoteKeyType type, Ed25519PublicKey publicKey)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        if (!NoteName.IsValid(name))
        {
            throw new ArgumentException($"'{name}' is no name for a key: it must not be empty or hold spaces or '+'.", nameof(name));
        }

        Name = name;
        Type = type;
        PublicKey = publicKey;
        KeyId = ComputeKeyId(name, type, publicKey);
    }

    /// <summary>Who signs: for a log its origin.</summary>
    public string Name { get; }

    /// <summary>How it signs.</summary>
    public NoteKeyType Type { get; }

    /// <summary>The key itself.</summary>
    public Ed25519PublicKey PublicKey { get; }

    /// <summary>With the name, what a signature line says about its key.</summary>
    public uint KeyId { get; }

    /// <summary>Reads a vkey.</summary>
    /// <exception cref="InvalidDataException">It is malformed, its key ID is not that of its key, or its type is not supported.</exception>
    public static NoteVerifierKey Parse(string vkey)
    {
        ArgumentNullException.ThrowIfNull(vkey);
        return TryParse(vkey, out var key, out var fault) ? key : throw new InvalidDataException(fault);
    }

    /// <summary>Reads a vkey, or says what is wrong with it.</summary>
    public static bool TryParse(string vkey, [NotNullWhen(true)] out NoteVerifierKey? key, [NotNullWhen(false)] out string? fault)
    {
        ArgumentNullException.ThrowIfNull(vkey);
        key = null;
        fault = Read(vkey, out var name, out var id, out var material);
        if (fault is not null)
        {
            return false;
        }

        var type = (NoteKeyType)material[0];
        if (!Enum.IsDefined(type) || material.Length != 1 + Ed25519PublicKey.Length)
        {
            fault = $"The key {name} is of type 0x{material[0]:x2} with {material.Length - 1} bytes; "
                + "Ed25519 (0x01) and cosignature (0x04) keys of 32 bytes are supported.";
            return false;
        }

        key = new(name, type, new(material.AsSpan(1)));
        if (key.KeyId != id)
        {
            fault = $"The key {name} says that its ID is {id:x8}, but that of its bytes is {key.KeyId:x8}.";
            key = null;
        }

        return key is not null;
    }

    /// <summary>Whether a signature of a note is this key's over a text; for a cosignature, whatever its time.</summary>
    /// <param name="text">The note's text with its final newline.</param>
    /// <param name="signature">What follows the key ID in the signature line.</param>
    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature) => Type switch
    {
        NoteKeyType.Ed25519 => PublicKey.Verify(text, signature),
        _ => CosignatureMessage.TrySplit(signature, out var seconds, out var inner)
            && PublicKey.Verify(CosignatureMessage.Create(seconds, text), inner),
    };

    /// <summary>The vkey.</summary>
    public override string ToString()
    {
        byte[] material = [(byte)Type, .. PublicKey.Bytes];
        return $"{Name}+{KeyId:x8}+{Convert.ToBase64String(material)}";
    }

    internal static uint ComputeKeyId(string name, NoteKeyType type, Ed25519PublicKey key)
    {
        byte[] named = [.. Encoding.UTF8.GetBytes(name), (byte)'\n', (byte)type, .. key.Bytes];
        return BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(named));
    }

    /// <summary>Cuts <c>name+id+base64</c>; also the end of a private key's form. Never repeats the text, which may be a secret.</summary>
    internal static string? Read(string text, out string name, out uint id, out byte[] material)
    {
        (id, material) = (0, []);
        var parts = text.Split('+', 3);
        name = parts[0];
        if (parts.Length != 3 || !NoteName.IsValid(name))
        {
            return "A key is written name+ID+base64.";
        }

        if (parts[1].Length != KeyIdHexLength
            || !uint.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out id))
        {
            return $"The key ID of {name} is not {KeyIdHexLength} hexadecimal digits.";
        }

        material = StrictBase64.Decode(parts[2]) ?? [];
        return material.Length == 0 ? $"The bytes of the key {name} are no base64." : null;
    }
}
