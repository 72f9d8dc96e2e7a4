using System.Buffers.Binary;
using System.Text;

namespace Stillwatch.Evidence.Signing;

/// <summary>One signature line of a note.</summary>
/// <remarks><code>U+2014 SP name SP base64(key ID, 4 bytes big-endian || signature) LF</code></remarks>
public sealed class NoteSignature
{
    /// <summary>The first bytes of every signature line: an em dash and a space.</summary>
    internal static readonly byte[] Prefix = [0xE2, 0x80, 0x94, (byte)' '];

    private const int KeyIdLength = sizeof(uint);

    private readonly byte[] _signature;

    /// <summary>Names the key of a signature.</summary>
    public NoteSignature(string name, uint keyId, ReadOnlySpan<byte> signature)
    {
        Name = name;
        KeyId = keyId;
        _signature = signature.ToArray();
    }

    /// <summary>Whose key it claims to be of.</summary>
    public string Name { get; }

    /// <summary>Which key it claims to be of.</summary>
    public uint KeyId { get; }

    /// <summary>The signature without the key ID; what its bytes mean depends on the key's type.</summary>
    public ReadOnlySpan<byte> Bytes => _signature;

    /// <summary>The time of a cosignature; null if the bytes cannot be one. Worth nothing before the signature is verified.</summary>
    public DateTimeOffset? CosignedAt =>
        CosignatureMessage.TrySplit(_signature, out var seconds, out _) && seconds <= (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;

    /// <summary>Whether the line names this key.</summary>
    public bool IsOf(NoteVerifierKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return KeyId == key.KeyId && string.Equals(Name, key.Name, StringComparison.Ordinal);
    }

    /// <summary>Reads one line without its newline; null if it is no signature line.</summary>
    public static NoteSignature? Parse(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith(Prefix))
        {
            return null;
        }

        var rest = line[Prefix.Length..];
        var space = rest.IndexOf((byte)' ');
        if (space < 0)
        {
            return null;
        }

        var name = Encoding.UTF8.GetString(rest[..space]);
        return NoteName.IsValid(name) && StrictBase64.Decode(rest[(space + 1)..]) is { Length: > KeyIdLength } bytes
            ? new(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsSpan(KeyIdLength))
            : null;
    }

    /// <summary>The line with its newline.</summary>
    public override string ToString()
    {
        var bytes = new byte[KeyIdLength + _signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        _signature.CopyTo(bytes, KeyIdLength);
        return $"\u2014 {Name} {Convert.ToBase64String(bytes)}\n";
    }
}
