using Stillwatch.Gateway.Quotas;

namespace Stillwatch.Gateway.Configuration;

/// <summary>Limits, and how requests are held against them.</summary>
public sealed record QuotaOptions
{
    /// <summary>Default of <see cref="MaxOutputTokens"/>.</summary>
    public const int DefaultMaxOutputTokens = 16_384;

    /// <summary>The directory of the journal, which this gateway alone uses.</summary>
    public required string Journal { get; init; }

    /// <summary>The limits.</summary>
    public required QuotaLimits Limits { get; init; }

    /// <summary>
    /// The most tokens that a reply may have where neither the request nor the model's route gives a bound. It should be the most that
    /// the models write: a whole reply cannot be cut, and what goes beyond is charged as excess. Default 16,384, range 1 to 10,000,000.
    /// </summary>
    public int MaxOutputTokens { get; init; } = DefaultMaxOutputTokens;

    /// <summary>
    /// The fewest output tokens for which a stream is worth beginning. A stream is granted what is left and cut after it; a whole reply is
    /// granted all that it may write, or nothing. Default 1, range 1 to 100,000.
    /// </summary>
    public int MinStreamTokens { get; init; } = 1;
}
