using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Windows;

/// <summary>Uniformly random subsets.</summary>
internal static class RandomSubset
{
    /// <summary>Moves a uniformly random subset to the front: the first steps of the shuffle of Fisher and Yates.</summary>
    public static void MoveToFront(Span<int> items, int count, ref SeededGenerator generator)
    {
        for (var i = 0; i < count; i++)
        {
            var other = i + generator.Next(items.Length - i);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    /// <summary>Draws without replacement; once every item is drawn, all may be drawn again.</summary>
    public static int[] Draw(ReadOnlySpan<int> items, int count, ref SeededGenerator generator)
    {
        var drawn = new int[count];
        var left = items.ToArray();
        for (var filled = 0; filled < count;)
        {
            var now = Math.Min(left.Length, count - filled);
            MoveToFront(left, now, ref generator);
            left.AsSpan(0, now).CopyTo(drawn.AsSpan(filled));
            filled += now;
        }

        return drawn;
    }
}
