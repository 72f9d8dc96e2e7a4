using Stillwatch.Gateway.Admission;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Forwarding;
using Stillwatch.Gateway.Identity;
using Stillwatch.Gateway.Marking;
using Stillwatch.Gateway.Metering;
using Stillwatch.Gateway.Networks;

namespace Stillwatch.Gateway.Hosting;

/// <summary>All that requests look up, made anew by each reload and swapped as a whole.</summary>
/// <param name="Options">The configuration.</param>
/// <param name="Keys">The client keys.</param>
/// <param name="Tokens">The tokens that are accepted; null for none.</param>
/// <param name="Upstreams">Connections by name.</param>
/// <param name="Clients">Finds out where requests come from.</param>
/// <param name="Networks">Says of addresses where they are and whose.</param>
/// <param name="Access">Decides whether a request may be made.</param>
public sealed record GatewaySnapshot(
    GatewayOptions Options,
    KeyTable Keys,
    TokenVerifier? Tokens,
    IReadOnlyDictionary<string, UpstreamClient> Upstreams,
    ForwardedClient Clients,
    NetworkTable Networks,
    IAccessPolicy Access)
{
    /// <summary>Finds out who clients are.</summary>
    public Authenticator Authenticator { get; } = new(Keys, Tokens);

    /// <summary>Marks replies; null where none are marked.</summary>
    public OutputMarks? Marks { get; init; }

    /// <summary>The route of a model; null where nothing serves it.</summary>
    public ModelRoute? RouteOf(string model)
    {
        foreach (var route in Options.Models)
        {
            if (route.Matches(model))
            {
                return route;
            }
        }

        return null;
    }

    /// <summary>Those of before go on where the configuration says the same and no file of keys could have changed.</summary>
    private static TokenVerifier? TokensOf(GatewayOptions options, GatewaySnapshot? before)
    {
        if (options.Tokens.Count == 0)
        {
            return null;
        }

        var isSame = before?.Tokens is { } known && known.Issuers.SequenceEqual(options.Tokens)
            && options.Tokens.All(static issuer => issuer.KeysFile is null);
        return isSame ? before!.Tokens : new(options.Tokens);
    }

    /// <summary>Makes the snapshot of a configuration; connections to upstreams that did not change go on.</summary>
    /// <exception cref="InvalidDataException">The keys, an upstream's key, a secret or a file of networks cannot be used.</exception>
    internal static GatewaySnapshot Create(GatewayOptions options, GatewaySnapshot? before)
    {
        var upstreams = new Dictionary<string, UpstreamClient>(StringComparer.Ordinal);
        foreach (var (name, upstream) in options.Upstreams)
        {
            var known = before?.Upstreams.GetValueOrDefault(name);
            upstreams[name] = known is not null && known.Options == upstream && upstream.KeyFile is null ? known : new(upstream);
        }

        IAccessPolicy access = options.Policies is { } policies
            ? new PolicyAccess(policies.InForce?.Policy, policies.DryRun?.Policy)
            : OpenAccess.Instance;
        var keys = new KeyTable(KeyFile.Load(options.KeysFile));
        var networks = NetworkTable.Load(options.Networks, before?.Networks);
        return new(options, keys, TokensOf(options, before), upstreams, new ForwardedClient(options.Proxies), networks, access)
        {
            Marks = OutputMarks.Create(options.Marks),
        };
    }
}
