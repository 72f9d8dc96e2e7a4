namespace Stillwatch.Gateway.Configuration;

/// <summary>A model server.</summary>
public sealed record UpstreamOptions
{
    /// <summary>Default of <see cref="ConnectTimeout"/>.</summary>
    public static readonly TimeSpan DefaultConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Default of <see cref="FirstByteTimeout"/>: reasoning models may think for minutes before the first token.</summary>
    public static readonly TimeSpan DefaultFirstByteTimeout = TimeSpan.FromMinutes(15);

    /// <summary>Default of <see cref="IdleTimeout"/>.</summary>
    public static readonly TimeSpan DefaultIdleTimeout = TimeSpan.FromMinutes(5);

    /// <summary>The name under which models refer to it.</summary>
    public required string Name { get; init; }

    /// <summary>Scheme, host and port; a path is put before the path of the request.</summary>
    public required Uri Url { get; init; }

    /// <summary>How the gateway proves itself.</summary>
    public CredentialScheme Scheme { get; init; }

    /// <summary>The environment variable that holds the upstream's key; null where a file does, or there is none.</summary>
    public string? KeyVariable { get; init; }

    /// <summary>The file that holds the upstream's key, readable by its owner only; null where a variable does, or there is none.</summary>
    public string? KeyFile { get; init; }

    /// <summary>How long a connection may take. Default 10 s, range 100 ms to 5 min.</summary>
    public TimeSpan ConnectTimeout { get; init; } = DefaultConnectTimeout;

    /// <summary>How long the reply's headers may take after the request was sent. Default 15 min, range 1 s to 24 h.</summary>
    public TimeSpan FirstByteTimeout { get; init; } = DefaultFirstByteTimeout;

    /// <summary>
    /// How long a reply may pause between two reads, or a client between two writes. Not a bound on the whole reply. Default 5 min,
    /// range 1 s to 24 h.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = DefaultIdleTimeout;

    /// <summary>Connections at once. Default 4096, range 1 to 65,536.</summary>
    public int MaxConnections { get; init; } = 4096;
}
