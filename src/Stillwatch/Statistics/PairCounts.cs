using System.Runtime.InteropServices;

namespace Stillwatch.Statistics;

/// <summary>
/// Sizes of the clusters of two clusterings of the same members, and of their intersections; only the non-empty ones are held.
/// </summary>
internal sealed class PairCounts
{
    internal PairCounts(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        Argument.ThrowIfEmpty(first.Length, nameof(first));
        Argument.ThrowIfLengthsDiffer(first.Length, second.Length, nameof(second));
        Members = first.Length;
        for (var i = 0; i < first.Length; i++)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(First, first[i], out _)++;
            CollectionsMarshal.GetValueRefOrAddDefault(Second, second[i], out _)++;
            CollectionsMarshal.GetValueRefOrAddDefault(Both, (first[i], second[i]), out _)++;
        }
    }

    internal int Members { get; }

    internal Dictionary<int, int> First { get; } = [];

    internal Dictionary<int, int> Second { get; } = [];

    internal Dictionary<(int First, int Second), int> Both { get; } = [];
}
