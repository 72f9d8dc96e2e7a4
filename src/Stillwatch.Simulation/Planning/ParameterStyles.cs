using Stillwatch.Interactions;
using Stillwatch.Simulation.Randomness;

namespace Stillwatch.Simulation.Planning;

/// <summary>Combinations of request parameters, popular ones first; most clients set nothing or little.</summary>
internal static class ParameterStyles
{
    private const int Count = 200;

    private static readonly double[] Temperatures = [0, 0.7, 1, 0.2, 0.3, 0.5, 0.1, 0.8, 0.9, 0.6, 0.4, 1.2];
    private static readonly int[] Limits = [1024, 4096, 2048, 512, 256, 1000, 8192, 300, 1500, 500, 2000, 16384, 128, 800, 64];
    private static readonly double[] Masses = [1, 0.95, 0.9, 0.8];

    private static readonly GenerationParameters[] Styles = [.. Enumerable.Range(0, Count).Select(Make)];

    /// <summary>The style of the provider's own application.</summary>
    public const byte Application = 0;

    public static GenerationParameters Of(byte style) => Styles[style];

    /// <summary>Index of a style, popular ones first.</summary>
    public static byte Draw(ref RandomStream stream) => (byte)(1 + stream.Zipf(Count - 1));

    private static GenerationParameters Make(int index)
    {
        var stream = new RandomStream((ulong)index, StreamPurpose.Client);
        return index switch
        {
            Application => new(null, null, null, null, null, null, null, true),
            1 => default,
            2 => new(0.7, null, null, null, null, null, null, null),
            3 => new(0, null, null, null, null, null, null, null),
            4 => new(null, null, 4096, null, null, null, null, true),
            _ => new(
                stream.Chance(0.7) ? Temperatures[stream.Zipf(Temperatures.Length)] : null,
                stream.Chance(0.2) ? Masses[stream.Zipf(Masses.Length)] : null,
                stream.Chance(0.6) ? Limits[stream.Zipf(Limits.Length)] : null,
                stream.Chance(0.03) ? stream.Between(2, 5) : null,
                stream.Chance(0.02) ? true : null,
                null,
                stream.Chance(0.02) ? stream.Between(1, 40) : null,
                stream.Chance(0.5) ? stream.Chance(0.5) : null),
        };
    }
}
