using Stillwatch.Benchmarks.Detection.Windows.Features;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Windows.Rivals;

/// <summary>The share of similar pairs in the window.</summary>
/// <remarks>
/// Zhang, Chen and Wagner, "SEAT", AISec 2021, as adapted to windows by arXiv 2606.05725: a pair is similar from the 99th percentile of the
/// cosines of 200,000 random benign pairs on; both sides count. Time: quadratic in the window. Immutable; safe from any thread.
/// </remarks>
internal sealed class Seat : IWindowScore
{
    private const int Pairs = 200_000;
    private const double Percentile = 0.99;

    private readonly SquareMatrix _cosines;

    public Seat(WindowSetting setting)
    {
        _cosines = setting.Queries.Cosines;
        Threshold = Fit(setting);
    }

    /// <summary>The cosine from which on two queries are similar.</summary>
    public float Threshold { get; }

    /// <inheritdoc/>
    public double Of(ReadOnlySpan<int> window)
    {
        var similar = 0L;
        for (var i = 1; i < window.Length; i++)
        {
            var row = _cosines.Row(window[i]);
            for (var j = 0; j < i; j++)
            {
                similar += row[window[j]] >= Threshold ? 1 : 0;
            }
        }

        return 2.0 * similar / ((double)window.Length * (window.Length - 1));
    }

    private static float Fit(WindowSetting setting)
    {
        var generator = new SeededGenerator(setting.Seed, stream: 200);
        var cosines = new float[Pairs];
        for (var pair = 0; pair < Pairs; pair++)
        {
            var left = generator.Next(setting.Reference.Length);
            var right = (left + 1 + generator.Next(setting.Reference.Length - 1)) % setting.Reference.Length;
            cosines[pair] = setting.Queries.Cosines[setting.Reference[left], setting.Reference[right]];
        }

        Array.Sort(cosines);
        return cosines[(int)(Percentile * (Pairs - 1))];
    }
}
