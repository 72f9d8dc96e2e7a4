using Stillwatch.Evidence.Merkle;

namespace Stillwatch.Evidence.Tests.Merkle;

/// <summary>MTH of RFC 6962 §2.1, written as the definition stands: slow and obvious.</summary>
internal static class ReferenceTree
{
    public static MerkleHash Root(IReadOnlyList<MerkleHash> leaves)
    {
        if (leaves.Count < 2)
        {
            return leaves.Count == 0 ? Rfc6962.Empty : leaves[0];
        }

        var k = 1;
        while (k * 2 < leaves.Count)
        {
            k *= 2;
        }

        return Rfc6962.Node(Root([.. leaves.Take(k)]), Root([.. leaves.Skip(k)]));
    }

    /// <summary>The leaves of a tree whose entries are their numbers.</summary>
    public static (MerkleTree Tree, List<MerkleHash> Leaves) Build(int size)
    {
        var tree = new MerkleTree();
        var leaves = new List<MerkleHash>();
        for (var i = 0; i < size; i++)
        {
            leaves.Add(Rfc6962.Leaf(BitConverter.GetBytes(i)));
            tree.Append(leaves[i]);
        }

        return (tree, leaves);
    }
}
