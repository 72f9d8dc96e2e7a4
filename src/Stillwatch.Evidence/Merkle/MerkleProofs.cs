using System.Numerics;

namespace Stillwatch.Evidence.Merkle;

/// <summary>Makes roots and proofs from the hashes of complete subtrees, as RFC 6962 §2.1 defines them.</summary>
/// <remarks>A proof reads O(log² size) hashes. The tree may have grown beyond the size asked for.</remarks>
public static class MerkleProofs
{
    /// <summary>The root of the first <paramref name="size"/> leaves.</summary>
    public static MerkleHash Root(ITreeNodes nodes, ulong size) => size == 0 ? Rfc6962.Empty : RangeHash(nodes, 0, size);

    /// <summary>The hash of the leaves of a subtree.</summary>
    public static MerkleHash SubtreeHash(ITreeNodes nodes, Subtree subtree) => RangeHash(nodes, subtree.Start, subtree.End);

    /// <summary>PATH(index, D[size]), from the leaf's sibling to the root's child.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such leaf.</exception>
    public static IReadOnlyList<MerkleHash> Inclusion(ITreeNodes nodes, ulong index, ulong size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var proof = new List<MerkleHash>();
        ulong from = 0, to = size;
        while (to - from > 1)
        {
            var middle = from + LargestPowerBelow(to - from);
            if (index < middle)
            {
                proof.Add(RangeHash(nodes, middle, to));
                to = middle;
            }
            else
            {
                proof.Add(RangeHash(nodes, from, middle));
                from = middle;
            }
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>PROOF(oldSize, D[size]); empty for equal sizes and from an empty tree, with which every tree is consistent.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The old tree is the larger one.</exception>
    public static IReadOnlyList<MerkleHash> Consistency(ITreeNodes nodes, ulong oldSize, ulong size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, size);
        return oldSize == 0 || oldSize == size ? [] : SubtreeConsistency(nodes, new(0, oldSize), size);
    }

    /// <summary>SUBTREE_PROOF(start, end, D[size]) of draft-ietf-plants-merkle-tree-certs §4.4.1.</summary>
    /// <exception cref="ArgumentException">The range is no subtree of the tree.</exception>
    public static IReadOnlyList<MerkleHash> SubtreeConsistency(ITreeNodes nodes, Subtree subtree, ulong size)
    {
        if (!subtree.IsValid || subtree.End > size)
        {
            throw new ArgumentException($"[{subtree.Start}, {subtree.End}) is no subtree of a tree of {size} leaves.", nameof(subtree));
        }

        var proof = new List<MerkleHash>();
        ulong from = 0, to = size;
        var (start, end) = (subtree.Start, subtree.End);
        var known = true;
        while ((start, end) != (from, to))
        {
            var middle = from + LargestPowerBelow(to - from);
            if (end <= middle)
            {
                proof.Add(RangeHash(nodes, middle, to));
                to = middle;
            }
            else
            {
                proof.Add(RangeHash(nodes, from, middle));
                known &= start >= middle;
                start = Math.Max(start, middle);
                from = middle;
            }
        }

        if (!known)
        {
            proof.Add(RangeHash(nodes, from, to));
        }

        proof.Reverse();
        return proof;
    }

    /// <summary>MTH(D[from:to]) where the range begins at a multiple of its span, so that it is made of complete subtrees.</summary>
    private static MerkleHash RangeHash(ITreeNodes nodes, ulong from, ulong to)
    {
        var count = to - from;
        if (BitOperations.IsPow2(count))
        {
            var level = BitOperations.Log2(count);
            return nodes.Hash(new(level, from >> level));
        }

        var middle = from + LargestPowerBelow(count);
        return Rfc6962.Node(RangeHash(nodes, from, middle), RangeHash(nodes, middle, to));
    }

    /// <summary>The largest power of two that is smaller than a number above 1.</summary>
    private static ulong LargestPowerBelow(ulong count) => 1UL << BitOperations.Log2(count - 1);
}
