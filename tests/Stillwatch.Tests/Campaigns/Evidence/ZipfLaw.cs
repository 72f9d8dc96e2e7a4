using Stillwatch.Statistics;

namespace Stillwatch.Tests.Campaigns.Evidence;

/// <summary>Draws ranks from 0 with probability proportional to (rank + 1)^-exponent.</summary>
internal sealed class ZipfLaw
{
    private readonly double[] _cumulated;

    public ZipfLaw(int items, double exponent)
    {
        _cumulated = new double[items];
        var sum = 0.0;
        for (var rank = 0; rank < items; rank++)
        {
            _cumulated[rank] = sum += Math.Pow(rank + 1, -exponent);
        }
    }

    public int Draw(ref SeededGenerator generator)
    {
        var place = Array.BinarySearch(_cumulated, generator.NextDouble() * _cumulated[^1]);
        return Math.Min(place < 0 ? ~place : place, _cumulated.Length - 1);
    }
}
