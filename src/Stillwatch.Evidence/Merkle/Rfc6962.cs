using System.Buffers;
using System.Security.Cryptography;

namespace Stillwatch.Evidence.Merkle;

/// <summary>The hashing of RFC 6962 §2.1 with SHA-256.</summary>
/// <remarks>
/// <code>
/// empty = SHA-256("")    leaf = SHA-256(0x00 || entry)    node = SHA-256(0x01 || left || right)
/// </code>
/// The prefixes keep a leaf from being taken for a node.
/// </remarks>
public static class Rfc6962
{
    private const byte LeafPrefix = 0x00;
    private const byte NodePrefix = 0x01;
    private const int StackBytes = 1024;

    /// <summary>The root of a tree without leaves.</summary>
    public static MerkleHash Empty { get; } = new(SHA256.HashData([]));

    /// <summary>The hash of an entry.</summary>
    public static MerkleHash Leaf(ReadOnlySpan<byte> entry)
    {
        var length = 1 + entry.Length;
        var rented = length > StackBytes ? ArrayPool<byte>.Shared.Rent(length) : null;
        var input = rented is null ? stackalloc byte[StackBytes] : rented;
        input[0] = LeafPrefix;
        entry.CopyTo(input[1..]);
        var hash = Hash(input[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return hash;
    }

    /// <summary>The hash of a node above two others.</summary>
    public static MerkleHash Node(MerkleHash left, MerkleHash right)
    {
        Span<byte> input = stackalloc byte[1 + (2 * MerkleHash.Length)];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + MerkleHash.Length)..]);
        return Hash(input);
    }

    private static MerkleHash Hash(ReadOnlySpan<byte> input)
    {
        Span<byte> output = stackalloc byte[MerkleHash.Length];
        SHA256.HashData(input, output);
        return new(output);
    }
}
