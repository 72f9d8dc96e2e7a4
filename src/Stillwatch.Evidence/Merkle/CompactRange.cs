using System.Numerics;

namespace Stillwatch.Evidence.Merkle;

/// <summary>The right edge of a growing tree: the hashes of the complete subtrees that its size is the sum of, largest first.</summary>
/// <remarks>Appending costs one or two hashes on average, the root at most 63; memory is at most 64 hashes. Not thread-safe.</remarks>
public sealed class CompactRange
{
    private readonly List<MerkleHash> _peaks = [];

    /// <summary>An empty tree.</summary>
    public CompactRange()
    {
    }

    private CompactRange(ulong size, IEnumerable<MerkleHash> peaks)
    {
        Size = size;
        _peaks.AddRange(peaks);
    }

    /// <summary>Leaves so far.</summary>
    public ulong Size { get; private set; }

    /// <summary>The root of all leaves so far.</summary>
    public MerkleHash Root
    {
        get
        {
            if (_peaks.Count == 0)
            {
                return Rfc6962.Empty;
            }

            var root = _peaks[^1];
            for (var i = _peaks.Count - 2; i >= 0; i--)
            {
                root = Rfc6962.Node(_peaks[i], root);
            }

            return root;
        }
    }

    /// <summary>The hashes of the complete subtrees, largest first.</summary>
    public IReadOnlyList<MerkleHash> Hashes => _peaks;

    /// <summary>The right edge from its hashes; null if a tree of this size has more or fewer.</summary>
    public static CompactRange? FromHashes(ulong size, IReadOnlyList<MerkleHash> hashes)
    {
        ArgumentNullException.ThrowIfNull(hashes);
        return hashes.Count == BitOperations.PopCount(size) ? new(size, hashes) : null;
    }

    /// <summary>The right edge of a tree that exists.</summary>
    public static CompactRange Of(ulong size, ITreeNodes nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        return new(size, Peaks(size).Select(nodes.Hash));
    }

    /// <summary>The complete subtrees that a tree of a size is made of, from the left.</summary>
    public static IEnumerable<TreeNode> Peaks(ulong size)
    {
        ulong at = 0;
        while (at < size)
        {
            var level = BitOperations.Log2(size - at);
            yield return new(level, at >> level);
            at += 1UL << level;
        }
    }

    /// <summary>Adds the hash of the next leaf.</summary>
    public void Append(MerkleHash leaf)
    {
        var carried = leaf;
        for (var merges = BitOperations.TrailingZeroCount(~Size); merges > 0; merges--)
        {
            carried = Rfc6962.Node(_peaks[^1], carried);
            _peaks.RemoveAt(_peaks.Count - 1);
        }

        _peaks.Add(carried);
        Size++;
    }
}
