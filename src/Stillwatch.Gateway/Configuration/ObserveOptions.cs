using Stillwatch.Interactions;

namespace Stillwatch.Gateway.Configuration;

/// <summary>What more is recorded of whom a response is enforced for.</summary>
/// <param name="Log">The directory of logs that it goes to, a file a day; readable by its owner only.</param>
public sealed record ObserveOptions(string Log)
{
    /// <summary>Default of <see cref="MaxBytes"/>: 1 GiB.</summary>
    public const long DefaultMaxBytes = 1L << 30;

    /// <summary>What is kept of texts there. Default: what is kept of everybody's; more only because it is said here.</summary>
    public required ContentPolicy Content { get; init; }

    /// <summary>How many of the requests are recorded, in (0, 1]; chosen by their ids. Default 1.</summary>
    public double Share { get; init; } = 1;

    /// <summary>When a file is deleted. Default 30 days, range 1 day to 366.</summary>
    public TimeSpan DeleteAfter { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The most that all files hold; past it nothing is added. Default 1 GiB, range 1 MiB to 1 TiB.</summary>
    public long MaxBytes { get; init; } = DefaultMaxBytes;
}
