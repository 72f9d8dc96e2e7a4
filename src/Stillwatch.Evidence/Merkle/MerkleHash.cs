using System.Buffers.Binary;
using Stillwatch.Evidence.Signing;

namespace Stillwatch.Evidence.Merkle;

/// <summary>A SHA-256 hash of a leaf or a node.</summary>
public readonly record struct MerkleHash
{
    /// <summary>Bytes of a hash.</summary>
    public const int Length = 32;

    // Words instead of an array: a hash is a value, and comparing it allocates nothing.
    private readonly ulong _word0;
    private readonly ulong _word1;
    private readonly ulong _word2;
    private readonly ulong _word3;

    /// <summary>Takes 32 bytes.</summary>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public MerkleHash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"A hash has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        }

        _word0 = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _word1 = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _word2 = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _word3 = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>Reads the base64 form; null if it is not 32 bytes in strict base64.</summary>
    public static MerkleHash? FromBase64(ReadOnlySpan<byte> text) =>
        StrictBase64.Decode(text) is { Length: Length } bytes ? new MerkleHash(bytes) : null;

    /// <summary>Writes the 32 bytes.</summary>
    public void CopyTo(Span<byte> to)
    {
        BinaryPrimitives.WriteUInt64BigEndian(to, _word0);
        BinaryPrimitives.WriteUInt64BigEndian(to[8..], _word1);
        BinaryPrimitives.WriteUInt64BigEndian(to[16..], _word2);
        BinaryPrimitives.WriteUInt64BigEndian(to[24..], _word3);
    }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Standard base64, as checkpoints and proofs write it.</summary>
    public override string ToString() => Convert.ToBase64String(ToArray());
}
