namespace Stillwatch.Evidence.Merkle;

/// <summary>Verifies proofs; needs no tree and no secret.</summary>
/// <remarks>
/// The iterative procedures of RFC 9162 §2.1.3.2 and §2.1.4.2 and, for subtrees, of draft-ietf-plants-merkle-tree-certs §4.4.3. Each
/// takes exactly one hash a level, so that a proof of any length costs at most 65 steps.
/// </remarks>
public static class MerkleVerifier
{
    /// <summary>Whether a leaf is in a tree.</summary>
    /// <param name="index">Where the leaf is.</param>
    /// <param name="size">Leaves of the tree.</param>
    /// <param name="leaf">The leaf's hash.</param>
    /// <param name="proof">From the leaf's sibling up.</param>
    /// <param name="root">The root of the tree.</param>
    public static bool Inclusion(ulong index, ulong size, MerkleHash leaf, IReadOnlyList<MerkleHash> proof, MerkleHash root)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return index < size && Climb(new(index, index, size - 1), proof, leaf, leaf, out _, out var computed) && computed == root;
    }

    /// <summary>Whether a leaf is in a subtree; <paramref name="index"/> counts in the whole tree.</summary>
    public static bool SubtreeInclusion(
        ulong index, Subtree subtree, MerkleHash leaf, IReadOnlyList<MerkleHash> proof, MerkleHash subtreeHash) =>
        subtree.IsValid && index >= subtree.Start && Inclusion(index - subtree.Start, subtree.Size, leaf, proof, subtreeHash);

    /// <summary>
    /// Whether a tree is the beginning of a larger one. False for an old tree of size 0, of which a proof can say nothing; who accepts
    /// that (a witness does) says so itself.
    /// </summary>
    public static bool Consistency(
        ulong oldSize, ulong size, MerkleHash oldRoot, MerkleHash root, IReadOnlyList<MerkleHash> proof) =>
        oldSize > 0 && SubtreeConsistency(new(0, oldSize), size, oldRoot, root, proof);

    /// <summary>
    /// Whether a subtree is part of a tree. Of a range without leaves this says nothing about the tree: it has the hash of nothing, an
    /// empty proof, and is part of every tree.
    /// </summary>
    public static bool SubtreeConsistency(
        Subtree subtree, ulong size, MerkleHash subtreeHash, MerkleHash root, IReadOnlyList<MerkleHash> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (subtree.Start == subtree.End && subtree.End <= size)
        {
            return proof.Count == 0 && subtreeHash == Rfc6962.Empty;
        }

        if (!subtree.IsValid || subtree.End > size)
        {
            return false;
        }

        var cursor = new Cursor(subtree.Start, subtree.End - 1, size - 1).SkipShared();
        if (cursor.IsOneNode)
        {
            return Climb(cursor, proof, subtreeHash, subtreeHash, out var same, out var whole) && same == subtreeHash && whole == root;
        }

        return proof.Count > 0
            && Climb(cursor, [.. proof.Skip(1)], proof[0], proof[0], out var inner, out var outer)
            && inner == subtreeHash
            && outer == root;
    }

    /// <summary>Folds a proof from a node up to the root, for the subtree and for the whole tree at once.</summary>
    /// <returns>False if the proof is longer or shorter than the way up.</returns>
    private static bool Climb(
        Cursor at, IReadOnlyList<MerkleHash> proof, MerkleHash subtree, MerkleHash whole, out MerkleHash inner, out MerkleHash outer)
    {
        (inner, outer) = (subtree, whole);
        foreach (var sibling in proof)
        {
            if (at.Tree == 0)
            {
                return false;
            }

            if ((at.Last & 1) == 1 || at.Last == at.Tree)
            {
                inner = at.First < at.Last ? Rfc6962.Node(sibling, inner) : inner;
                outer = Rfc6962.Node(sibling, outer);
                at = at.SkipLeftEdges();
            }
            else
            {
                outer = Rfc6962.Node(outer, sibling);
            }

            at = at.Up();
        }

        return at.Tree == 0;
    }

    /// <summary>The first and the last node of a subtree and the last of the tree, all on one level.</summary>
    private readonly record struct Cursor(ulong First, ulong Last, ulong Tree)
    {
        public bool IsOneNode => First == Last;

        public Cursor Up() => new(First >> 1, Last >> 1, Tree >> 1);

        /// <summary>Levels on which the last node has no sibling: they take no hash from the proof.</summary>
        public Cursor SkipLeftEdges()
        {
            var at = this;
            while ((at.Last & 1) == 0 && at.Last != 0)
            {
                at = at.Up();
            }

            return at;
        }

        /// <summary>Levels that lie wholly inside the subtree.</summary>
        public Cursor SkipShared()
        {
            var at = this;
            var flush = Last == Tree;
            while (at.First != at.Last && (flush || (at.Last & 1) == 1))
            {
                at = at.Up();
            }

            return at;
        }
    }
}
