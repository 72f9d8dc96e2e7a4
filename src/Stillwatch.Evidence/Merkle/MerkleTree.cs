namespace Stillwatch.Evidence.Merkle;

/// <summary>A whole tree in memory: every complete subtree's hash. For small trees and as a reference.</summary>
/// <remarks>64 bytes a leaf. Not thread-safe while leaves are added.</remarks>
public sealed class MerkleTree : ITreeNodes
{
    private readonly List<List<MerkleHash>> _levels = [];

    /// <summary>Leaves so far.</summary>
    public ulong Size => _levels.Count == 0 ? 0 : (ulong)_levels[0].Count;

    /// <summary>Adds the hash of the next leaf.</summary>
    public void Append(MerkleHash leaf)
    {
        var hash = leaf;
        for (var level = 0; ; level++)
        {
            if (level == _levels.Count)
            {
                _levels.Add([]);
            }

            _levels[level].Add(hash);
            if (_levels[level].Count % 2 == 1)
            {
                return;
            }

            hash = Rfc6962.Node(_levels[level][^2], _levels[level][^1]);
        }
    }

    /// <inheritdoc/>
    public MerkleHash Hash(TreeNode node) => _levels[node.Level][checked((int)node.Index)];
}
