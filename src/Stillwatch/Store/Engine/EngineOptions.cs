namespace Stillwatch.Store.Engine;

/// <summary>How an engine is opened and used.</summary>
public sealed class EngineOptions
{
    /// <summary>Default of <see cref="OperationTimeout"/>.</summary>
    public static readonly TimeSpan DefaultOperationTimeout = TimeSpan.FromHours(1);

    /// <summary>Default of <see cref="ConnectTimeout"/>.</summary>
    public static readonly TimeSpan DefaultConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Bounds one statement from its start to its last row; then it is cancelled with <see cref="TimeoutException"/>. Default one hour;
    /// more than zero, or <see cref="Timeout.InfiniteTimeSpan"/>. It keeps a server that hangs from holding the program forever.
    /// </summary>
    public TimeSpan OperationTimeout { get; init; } = DefaultOperationTimeout;

    /// <summary>Bounds reaching a server over HTTP; default 10 s, more than zero. No meaning for the embedded engine.</summary>
    public TimeSpan ConnectTimeout { get; init; } = DefaultConnectTimeout;

    /// <summary>
    /// Reads an environment variable; default the process's. Used are STILLWATCH_CLICKHOUSE_USER and STILLWATCH_CLICKHOUSE_PASSWORD where
    /// the address of a server names no user, and STILLWATCH_LIBCHDB, the path of the embedded engine's library where npm did not install
    /// it.
    /// </summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>
    /// Most bytes the embedded engine may hold for all statements together; default 0, which lets ClickHouse take nine tenths of the
    /// machine's memory. Of several engines on one directory, the first one's counts. No meaning over HTTP, where the server has its own
    /// limit.
    /// </summary>
    public long MaxEmbeddedMemoryBytes { get; init; }

    /// <summary>Source of time for timeouts.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    internal void Validate()
    {
        if (OperationTimeout != Timeout.InfiniteTimeSpan)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(OperationTimeout, TimeSpan.Zero, nameof(OperationTimeout));
        }

        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ConnectTimeout, TimeSpan.Zero, nameof(ConnectTimeout));
        ArgumentOutOfRangeException.ThrowIfNegative(MaxEmbeddedMemoryBytes, nameof(MaxEmbeddedMemoryBytes));
    }
}
