using System.Net;
using Stillwatch.Gateway.Organisations;

namespace Stillwatch.Gateway.Configuration;

/// <summary>All of a gateway's configuration, checked; never changed once made.</summary>
public sealed record GatewayOptions
{
    /// <summary>Where clients connect; at least one.</summary>
    public required IReadOnlyList<ListenerOptions> Listeners { get; init; }

    /// <summary>Where metrics and health are served, without keys; null where they are not.</summary>
    public IPEndPoint? Admin { get; init; }

    /// <summary>The file of client keys.</summary>
    public required string KeysFile { get; init; }

    /// <summary>Whose tokens are accepted in place of keys.</summary>
    public IReadOnlyList<TokenIssuerOptions> Tokens { get; init; } = [];

    /// <summary>The model servers, by name.</summary>
    public required IReadOnlyDictionary<string, UpstreamOptions> Upstreams { get; init; }

    /// <summary>Which upstream serves which model; the first that matches counts.</summary>
    public required IReadOnlyList<ModelRoute> Models { get; init; }

    /// <summary>Further requests that are let through.</summary>
    public IReadOnlyList<PassThroughRule> PassThrough { get; init; } = [];

    /// <summary>Whose word is taken for who the client is.</summary>
    public ProxyTrustOptions Proxies { get; init; } = ProxyTrustOptions.None;

    /// <summary>Files that say of addresses where they are and whose.</summary>
    public NetworkOptions Networks { get; init; } = NetworkOptions.None;

    /// <summary>Bounds.</summary>
    public LimitOptions Limits { get; init; } = new();

    /// <summary>Limits; null for none.</summary>
    public QuotaOptions? Quotas { get; init; }

    /// <summary>Access policies; null for none.</summary>
    public PolicyOptions? Policies { get; init; }

    /// <summary>What is known of organisations; null for nothing.</summary>
    public OrganisationRegister? Organisations { get; init; }

    /// <summary>The transparency log of decisions; null where none is followed.</summary>
    public DecisionOptions? Decisions { get; init; }

    /// <summary>What follows from findings, and what the steps of responses do.</summary>
    public ResponseOptions Responses { get; init; } = new();

    /// <summary>Which replies are marked; null for none.</summary>
    public MarkingOptions? Marks { get; init; }

    /// <summary>The gateway's own hunts, which <c>stillwatch watch</c> runs; null for none.</summary>
    public HuntingOptions? Hunts { get; init; }

    /// <summary>Where interactions go.</summary>
    public required ObservationOptions Observation { get; init; }

    /// <summary>Where traces and metrics go; null for nowhere.</summary>
    public TelemetryOptions? Telemetry { get; init; }

    /// <summary>The other files that this was read from: policies, organisations, lists.</summary>
    public IReadOnlyList<string> FurtherFiles { get; init; } = [];
}
