namespace Stillwatch.Evidence.Merkle;

/// <summary>The place of a complete subtree: it covers the leaves [Index · 2^Level, (Index + 1) · 2^Level).</summary>
/// <param name="Level">0 for leaves.</param>
/// <param name="Index">Counted from the left on its level.</param>
public readonly record struct TreeNode(int Level, ulong Index);
