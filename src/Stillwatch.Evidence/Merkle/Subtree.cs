using System.Numerics;

namespace Stillwatch.Evidence.Merkle;

/// <summary>
/// A range of leaves [Start, End) that some larger tree contains as a subtree (draft-ietf-plants-merkle-tree-certs §4.1).
/// </summary>
/// <param name="Start">The first leaf: a multiple of the smallest power of two that is at least as large as the range.</param>
/// <param name="End">The leaf after the last.</param>
public readonly record struct Subtree(ulong Start, ulong End)
{
    /// <summary>Whether the range is not empty and begins where such a subtree can begin.</summary>
    public bool IsValid => Start < End && ((Start & (Span - 1)) == 0 || Span == 0);

    /// <summary>Leaves in the range.</summary>
    public ulong Size => End - Start;

    /// <summary>The smallest power of two that is not smaller than the size; 0 stands for 2^64, of which only 0 is a multiple.</summary>
    private ulong Span => Size > 1UL << 63 ? 0 : BitOperations.RoundUpToPowerOf2(Size);
}
