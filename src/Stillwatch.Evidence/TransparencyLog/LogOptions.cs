namespace Stillwatch.Evidence.TransparencyLog;

/// <summary>How a log writes.</summary>
public sealed record LogOptions
{
    /// <summary>The default of <see cref="MaxBatchEntries"/>.</summary>
    public const int DefaultMaxBatchEntries = 8192;

    /// <summary>The default of <see cref="MaxQueuedAppends"/>.</summary>
    public const int DefaultMaxQueuedAppends = 65_536;

    /// <summary>
    /// Entries that become durable together at most, 1 or more. Larger batches cost memory (a batch is held whole), not safety. A single
    /// call may not append more.
    /// </summary>
    public int MaxBatchEntries { get; init; } = DefaultMaxBatchEntries;

    /// <summary>Appends that may wait, 1 or more; past that, callers wait before their entries are taken.</summary>
    public int MaxQueuedAppends { get; init; } = DefaultMaxQueuedAppends;

    /// <summary>
    /// How long after an append its checkpoint is published at the latest, but for the time that the disk takes; 250 milliseconds by
    /// default, zero or more. Durable it is at once: longer lets more appends share the writing of tiles, shorter shows them sooner.
    /// </summary>
    public TimeSpan PublishAfter { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Whether partial tiles and bundles stay once the full ones exist. By default they go, which C2SP tlog-tiles allows: they would
    /// be up to 255 copies of each tile. True for a log that must look as others write it.
    /// </summary>
    public bool KeepPartialTiles { get; init; }
}
