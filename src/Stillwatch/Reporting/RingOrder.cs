using System.Numerics;
using Stillwatch.Hunting;

namespace Stillwatch.Reporting;

/// <summary>The order of members on a ring: each is followed by the one most like it (a greedy chain by Jaccard similarity).</summary>
/// <remarks>
/// Integers only, ties go to the earlier member: the same picture gives the same order everywhere. Time grows with the square of
/// the members drawn, at most <see cref="CampaignPicture.MaxMembers"/>.
/// </remarks>
internal static class RingOrder
{
    /// <summary>Bits of a mask; a picture holds at most <see cref="CampaignPicture.MaxValues"/> values.</summary>
    private const int MaskBits = 64;

    /// <returns>Indices into the picture's members, in the order in which they stand on the ring.</returns>
    public static int[] Of(CampaignPicture picture)
    {
        var masks = Masks(picture);
        var order = Enumerable.Range(0, masks.Length).ToArray();
        for (var i = 1; i < order.Length; i++)
        {
            var next = MostAlike(masks, masks[order[i - 1]], order.AsSpan(i));
            MoveToFront(order.AsSpan(i, next + 1));
        }

        return order;
    }

    /// <summary>For each member a bit per value it uses.</summary>
    private static ulong[] Masks(CampaignPicture picture)
    {
        var masks = new ulong[picture.Members.Count];
        foreach (var edge in picture.Edges.Where(edge => edge.Value < MaskBits))
        {
            masks[edge.Member] |= 1UL << edge.Value;
        }

        return masks;
    }

    private static int MostAlike(ulong[] masks, ulong mask, ReadOnlySpan<int> candidates)
    {
        var best = 0;
        var (bestCommon, bestAll) = (-1, 1);
        for (var i = 0; i < candidates.Length; i++)
        {
            var common = BitOperations.PopCount(mask & masks[candidates[i]]);
            var all = Math.Max(1, BitOperations.PopCount(mask | masks[candidates[i]]));
            if (common * bestAll > bestCommon * all)
            {
                (best, bestCommon, bestAll) = (i, common, all);
            }
        }

        return best;
    }

    /// <summary>The last element goes first; the others keep their order.</summary>
    private static void MoveToFront(Span<int> elements)
    {
        var last = elements[^1];
        elements[..^1].CopyTo(elements[1..]);
        elements[0] = last;
    }
}
