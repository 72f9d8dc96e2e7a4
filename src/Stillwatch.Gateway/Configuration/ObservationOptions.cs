using Stillwatch.Interactions;

namespace Stillwatch.Gateway.Configuration;

/// <summary>Where interactions go.</summary>
public sealed record ObservationOptions
{
    /// <summary>Default of <see cref="SegmentBytes"/>: 64 MiB.</summary>
    public const long DefaultSegmentBytes = 64L << 20;

    /// <summary>Default of <see cref="MaxSpoolBytes"/>: 8 GiB.</summary>
    public const long DefaultMaxSpoolBytes = 8L << 30;

    /// <summary>The directory of the spool, which this gateway alone uses.</summary>
    public required string Spool { get; init; }

    /// <summary>A store's directory or address; null where interactions go to <see cref="Log"/>.</summary>
    public string? Store { get; init; }

    /// <summary>A directory of logs in the native format; null where interactions go to <see cref="Store"/>.</summary>
    public string? Log { get; init; }

    /// <summary>What is kept of texts; what is not kept does not reach the spool either. Default sketches.</summary>
    public ContentPolicy Content { get; init; } = ContentPolicy.Default;

    /// <summary>When a segment of the spool is closed and the next begun. Default 64 MiB, range 64 KiB to 1 GiB.</summary>
    public long SegmentBytes { get; init; } = DefaultSegmentBytes;

    /// <summary>The most that the spool holds while its target is away. Default 8 GiB, range 1 MiB to 1 TiB.</summary>
    public long MaxSpoolBytes { get; init; } = DefaultMaxSpoolBytes;

    /// <summary>
    /// Whether requests are refused when the spool cannot take them. Default false: they pass unobserved and are counted, because
    /// observation fails open.
    /// </summary>
    public bool RefuseWhenFull { get; init; }

    /// <summary>How often the spool is written through to the disk. Default 1 s, range 10 ms to 1 min.</summary>
    public TimeSpan FlushEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often the spool is emptied into its target. Default 1 s, range 50 ms to 10 min.</summary>
    public TimeSpan DrainEvery { get; init; } = TimeSpan.FromSeconds(1);
}
