namespace Stillwatch.Gateway.Configuration;

/// <summary>Bounds on what clients and upstreams may make the gateway hold.</summary>
public sealed record LimitOptions
{
    /// <summary>Default of <see cref="MaxRequestBytes"/>: 32 MiB.</summary>
    public const long DefaultMaxRequestBytes = 32L << 20;

    /// <summary>Default of <see cref="MaxEventBytes"/>: 8 MiB.</summary>
    public const int DefaultMaxEventBytes = 8 << 20;

    /// <summary>Default of <see cref="MaxConnections"/>.</summary>
    public const int DefaultMaxConnections = 20_000;

    /// <summary>Default of <see cref="MaxRequests"/>.</summary>
    public const int DefaultMaxRequests = 16_384;

    /// <summary>
    /// The longest body of a request, which is held in memory while it is forwarded. Default 32 MiB, range 1 KiB to 1 GiB.
    /// </summary>
    public long MaxRequestBytes { get; init; } = DefaultMaxRequestBytes;

    /// <summary>
    /// The longest event of a stream, which is held until it is whole; also the longest reply whose content is read, longer ones are
    /// forwarded unread. Default 8 MiB, range 1 KiB to 256 MiB.
    /// </summary>
    public int MaxEventBytes { get; init; } = DefaultMaxEventBytes;

    /// <summary>Connections of clients at once, over all listeners. Default 20,000, range 1 to 1,000,000.</summary>
    public int MaxConnections { get; init; } = DefaultMaxConnections;

    /// <summary>Admitted requests at once; more are told to come again. Default 16,384, range 1 to 1,000,000.</summary>
    public int MaxRequests { get; init; } = DefaultMaxRequests;

    /// <summary>
    /// How long a connection waits on average to be told of a bad key, from its fifth one on; good keys never wait. Default 1 s, range
    /// 0 s to 10 s.
    /// </summary>
    public TimeSpan BadKeyHold { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long requests in progress may take to end once the gateway is asked to stop. Default 30 s, range 0 s to 1 h.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
