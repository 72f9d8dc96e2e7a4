namespace Stillwatch.Evidence.Merkle;

/// <summary>Hashes of complete subtrees, in memory (<see cref="MerkleTree"/>) or in the tiles of a log.</summary>
public interface ITreeNodes
{
    /// <summary>The hash of a complete subtree.</summary>
    MerkleHash Hash(TreeNode node);
}
