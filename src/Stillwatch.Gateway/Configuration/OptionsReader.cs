using System.Net;
using Stillwatch.Gateway.Identity;

namespace Stillwatch.Gateway.Configuration;

/// <summary>Turns the root of a configuration into options, and checks what members say of each other.</summary>
/// <param name="root">The root.</param>
/// <param name="files">The files that it names.</param>
internal sealed class OptionsReader(MappingReader root, FurtherFiles files)
{
    /// <summary>Reads all; of use only if nothing was found wrong.</summary>
    public GatewayOptions Read()
    {
        var upstreams = Upstreams();
        var options = new GatewayOptions
        {
            Listeners = Listeners(),
            Admin = Admin(),
            KeysFile = FullPath(root.Text("keys", required: true)) ?? string.Empty,
            Tokens = TokenReader.Read(root, files),
            Upstreams = upstreams,
            Models = Models(upstreams),
            PassThrough = PassThrough(upstreams),
            Proxies = Proxies(),
            Networks = NetworkReader.Read(root, files),
            Limits = Limits(),
            Quotas = QuotaReader.Read(root, files),
            Policies = PolicyReader.Read(root, files),
            Organisations = new OrganisationReader(root, files).Read(),
            Decisions = Decisions(),
            Telemetry = TelemetryReader.Read(root),
            Observation = new ObservationReader(root, FullPath).Read(),
        };
        options = options with
        {
            Responses = new ResponseReader(root, files, options.Observation).Read(),
            Marks = new MarkingReader(root, files).Read(options.Decisions),
            Hunts = new HuntingReader(root, FullPath).Read(options),
        };
        root.Finish();
        return options;
    }

    private string? FullPath(string? path) => files.FullPath(path);

    private DecisionOptions? Decisions()
    {
        if (root.Mapping("decisions") is not { } members)
        {
            return null;
        }

        var log = FullPath(members.Text("log", required: true));
        var key = FullPath(members.Text("key", required: true));
        members.Finish();
        if (log is not null && !Directory.Exists(log))
        {
            members.Fault("log", $"there is no log at {log}: make one by 'stillwatch log init'.");
        }

        if (key is not null && !File.Exists(key))
        {
            members.Fault("key", $"there is no file {key}: make one by 'stillwatch log key'.");
        }

        return log is null || key is null ? null : new(log, key);
    }

    private List<ListenerOptions> Listeners()
    {
        var listeners = new List<ListenerOptions>();
        foreach (var listener in root.Mappings("listeners"))
        {
            var endpoint = listener.EndPoint("address", required: true);
            var certificate = FullPath(listener.Text("certificate"));
            var password = listener.Text("certificate_password_env");
            var plain = listener.Flag("dangerous_plain_http");
            var clients = Clients(listener, certificate is not null);
            listener.Finish();
            if (certificate is not null && !File.Exists(certificate))
            {
                listener.Fault("certificate", $"there is no file {certificate}.");
            }

            if (endpoint is not null && certificate is null && !plain && !IPAddress.IsLoopback(endpoint.Address))
            {
                listener.Fault("address", $"{endpoint} can be reached from elsewhere, and without a certificate keys would travel legibly: "
                    + "give a certificate, or say dangerous_plain_http: true where something in front ends TLS.");
            }

            if (endpoint is not null)
            {
                listeners.Add(new(endpoint, certificate, password) { Clients = clients });
            }
        }

        if (listeners.Count == 0 && root.Faults.IsEmpty)
        {
            root.Fault("listeners", "at least one is needed, such as '- address: 127.0.0.1:8080'.");
        }

        return listeners;
    }

    private ClientCertificateOptions? Clients(MappingReader listener, bool isTls)
    {
        if (listener.Mapping("client_certificates") is not { } members)
        {
            return null;
        }

        var authorities = files.Read(members, "authorities", required: true, path =>
        {
            ClientCertificates.ReadAuthorities(path);
            return path;
        });
        var isNeeded = members.Flag("required");
        members.Finish();
        if (!isTls)
        {
            listener.Fault("client_certificates", "clients show certificates over TLS only: give the listener a certificate.");
        }

        return authorities is null ? null : new(authorities, isNeeded);
    }

    private IPEndPoint? Admin()
    {
        var admin = root.EndPoint("admin", required: false);
        if (admin is not null && !IPAddress.IsLoopback(admin.Address) && !root.Flag("dangerous_public_admin"))
        {
            root.Fault("admin", $"{admin} can be reached from elsewhere, and metrics are served to everyone there: listen on 127.0.0.1, "
                + "or say dangerous_public_admin: true.");
        }

        _ = root.Flag("dangerous_public_admin");
        return admin;
    }

    private Dictionary<string, UpstreamOptions> Upstreams()
    {
        var upstreams = new Dictionary<string, UpstreamOptions>(StringComparer.Ordinal);
        if (root.Mapping("upstreams") is not { } members)
        {
            root.Fault("upstreams", "at least one is needed, such as 'main: {url: http://127.0.0.1:8000}'.");
            return upstreams;
        }

        foreach (var (name, upstream) in members.Entries())
        {
            if (new UpstreamReader(name, upstream, FullPath).Read() is { } read)
            {
                upstreams[name] = read;
            }
        }

        return upstreams;
    }

    private List<ModelRoute> Models(Dictionary<string, UpstreamOptions> upstreams)
    {
        var routes = new List<ModelRoute>();
        foreach (var model in root.Mappings("models"))
        {
            var route = ModelReader.Read(model) with { Upstream = Upstream(model, upstreams) };
            model.Finish();
            if (routes.Exists(other => other.Name == route.Name))
            {
                model.Fault("name", $"'{route.Name}' is given twice.");
            }

            routes.Add(route);
        }

        if (routes.Count == 0)
        {
            root.Fault("models", "at least one is needed, such as '- {name: my-model, upstream: main}'.");
        }

        return routes;
    }

    private List<PassThroughRule> PassThrough(Dictionary<string, UpstreamOptions> upstreams)
    {
        var rules = new List<PassThroughRule>();
        foreach (var rule in root.Mappings("pass_through"))
        {
            var method = rule.Text("method", required: true)?.ToUpperInvariant() ?? string.Empty;
            var path = rule.Text("path", required: true) ?? "/";
            var upstream = Upstream(rule, upstreams);
            var model = rule.Text("model") ?? "pass-through";
            rule.Finish();
            if (method.Length > 0 && method is not ("GET" or "POST" or "PUT" or "PATCH" or "DELETE"))
            {
                rule.Fault("method", $"'{method}' is none of GET, POST, PUT, PATCH, DELETE.");
            }

            if (path[0] != '/' || path.Contains("..", StringComparison.Ordinal) || path.AsSpan(0, path.Length - 1).Contains('*'))
            {
                rule.Fault("path", $"'{path}' must begin with /, hold no .. and have a * only at the end.");
            }

            rules.Add(new(method, path, upstream, model));
        }

        return rules;
    }

    private static string Upstream(MappingReader member, Dictionary<string, UpstreamOptions> upstreams)
    {
        var name = member.Text("upstream", required: true);
        if (name is not null && !upstreams.ContainsKey(name))
        {
            member.Fault("upstream", $"there is no upstream '{name}'; there are {string.Join(", ", upstreams.Keys)}.");
        }

        return name ?? string.Empty;
    }

    private ProxyTrustOptions Proxies()
    {
        if (root.Mapping("trusted_proxies") is not { } proxies)
        {
            return ProxyTrustOptions.None;
        }

        var networks = new List<IPNetwork>();
        foreach (var (text, node, path) in proxies.Texts("networks"))
        {
            if (IPNetwork.TryParse(text, out var network))
            {
                networks.Add(network);
            }
            else
            {
                root.Faults.Add(node, path, $"'{text}' is no network; write it as 10.0.0.0/8 or fd00::/8.");
            }
        }

        var header = proxies.Text("ja4_header");
        proxies.Finish();
        return new(networks, header);
    }

    private LimitOptions Limits()
    {
        var defaults = new LimitOptions();
        if (root.Mapping("limits") is not { } limits)
        {
            return defaults;
        }

        var read = new LimitOptions
        {
            MaxRequestBytes = limits.Size("max_request_bytes", defaults.MaxRequestBytes, 1 << 10, 1 << 30),
            MaxEventBytes = (int)limits.Size("max_event_bytes", defaults.MaxEventBytes, 1 << 10, 256 << 20),
            MaxConnections = limits.Count("max_connections", defaults.MaxConnections, 1, 1_000_000),
            MaxRequests = limits.Count("max_requests", defaults.MaxRequests, 1, 1_000_000),
            BadKeyHold = limits.Duration("bad_key_hold", defaults.BadKeyHold, TimeSpan.Zero, TimeSpan.FromSeconds(10)),
            DrainTimeout = limits.Duration("drain_timeout", defaults.DrainTimeout, TimeSpan.Zero, TimeSpan.FromHours(1)),
        };
        limits.Finish();
        return read;
    }
}
