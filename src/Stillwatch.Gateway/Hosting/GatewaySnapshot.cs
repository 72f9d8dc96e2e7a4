using Stillwatch.Gateway.Admission;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Forwarding;
using Stillwatch.Gateway.Identity;
using Stillwatch.Gateway.Metering;

namespace Stillwatch.Gateway.Hosting;

/// <summary>All that requests look up, made anew by each reload and swapped as a whole.</summary>
/// <param name="Options">The configuration.</param>
/// <param name="Keys">The client keys.</param>
/// <param name="Upstreams">Connections by name.</param>
/// <param name="Clients">Finds out where requests come from.</param>
/// <param name="Access">Decides whether a request may be made.</param>
public sealed record GatewaySnapshot(
    GatewayOptions Options,
    KeyTable Keys,
    IReadOnlyDictionary<string, UpstreamClient> Upstreams,
    ForwardedClient Clients,
    IAccessPolicy Access)
{
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

    /// <summary>Makes the snapshot of a configuration; connections to upstreams that did not change go on.</summary>
    /// <exception cref="InvalidDataException">The keys, or an upstream's key, cannot be used.</exception>
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
        return new(options, new KeyTable(KeyFile.Load(options.KeysFile)), upstreams, new ForwardedClient(options.Proxies), access);
    }
}
