using Stillwatch.Gateway.Quotas;

namespace Stillwatch.Gateway.Metering;

/// <summary>What is assumed of requests where they do not say.</summary>
public sealed record MeteringOptions
{
    /// <summary>
    /// The most tokens that a reply may have where the request gives no bound; 16,384 unless said. It should be the most that the models
    /// write: a whole reply cannot be cut, and what goes beyond is charged as excess.
    /// </summary>
    public int MaxOutputTokens { get; init; } = 16_384;

    /// <summary>
    /// The fewest output tokens for which a stream is worth beginning; 1 unless said. A stream is granted what is left and cut after it; a
    /// whole reply is granted all that it may write, or nothing.
    /// </summary>
    public int MinStreamTokens { get; init; } = 1;

    /// <summary>What a model's tokens cost; free unless said.</summary>
    public Func<string, ModelPrice> PriceOf { get; init; } = static _ => default;

    /// <summary>The region that serves a model; unknown unless said.</summary>
    public Func<string, string> RegionOf { get; init; } = static _ => "";
}
