using System.Net;
using Stillwatch.Gateway.Dialects;
using Stillwatch.Gateway.Identity;

namespace Stillwatch.Gateway.Configuration;

/// <summary>Reads whose tokens are accepted.</summary>
internal static class TokenReader
{
    private const string DiscoveryPath = "/.well-known/openid-configuration";

    public static IReadOnlyList<TokenIssuerOptions> Read(MappingReader root, FurtherFiles files)
    {
        var issuers = new List<TokenIssuerOptions>();
        foreach (var members in root.Mappings("tokens"))
        {
            var issuer = Issuer(members, files);
            members.Finish();
            if (issuers.Exists(other => other.Issuer == issuer.Issuer))
            {
                members.Fault("issuer", $"'{issuer.Issuer}' is given twice.");
            }

            issuers.Add(issuer);
        }

        return issuers;
    }

    private static TokenIssuerOptions Issuer(MappingReader members, FurtherFiles files)
    {
        var name = members.Text("issuer", required: true) ?? "";
        List<string> audiences = [.. members.Texts("audiences").Select(static item => item.Text)];
        if (audiences.Count == 0)
        {
            members.Fault("audiences", "at least one is needed: a token made for another service must not be accepted here.");
        }

        var file = files.Read(members, "keys", required: false, path =>
        {
            IssuerKeys.ReadFile(path);
            return path;
        });
        var discovery = members.Text("discovery") ?? (members.Has("keys") ? null : name.TrimEnd('/') + DiscoveryPath);
        return new(name, audiences)
        {
            KeysFile = file,
            Discovery = discovery is null ? null : Address(members, discovery),
            AccountClaim = members.Text("account") ?? "sub",
            AccountPrefix = members.Text("account_prefix") ?? "",
            OrganizationClaim = members.Text("organization"),
            TierClaim = members.Text("tier"),
            Tier = members.Text("default_tier") ?? "default",
            Models = members.Has("models") ? [.. members.Texts("models").Select(static item => item.Text)] : ["*"],
            Endpoints = members.Has("endpoints") ? Endpoints(members) : ["*"],
        };
    }

    private static Uri? Address(MappingReader members, string text)
    {
        var at = members.Has("discovery") ? "discovery" : "issuer";
        if (members.Has("keys") && members.Has("discovery"))
        {
            members.Fault("discovery", "give keys or discovery, not both.");
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
        {
            members.Fault(at, $"'{text}' is no address; write https://…, or give the issuer's keys as a file.");
            return null;
        }

        var isLoopback = IPAddress.TryParse(address.Host.Trim('[', ']'), out var host) && IPAddress.IsLoopback(host);
        if (address.Scheme == "http" && !isLoopback)
        {
            members.Fault(at, $"{address} would be asked in the clear, and whoever answers could name keys of his own: write https.");
        }

        return address;
    }

    private static List<string> Endpoints(MappingReader members)
    {
        var endpoints = new List<string>();
        foreach (var (text, node, path) in members.Texts("endpoints"))
        {
            if (!EndpointTable.AllNames.Contains(text))
            {
                members.Faults.Add(node, path, $"'{text}' is none of {string.Join(", ", EndpointTable.AllNames)}.");
            }

            endpoints.Add(text);
        }

        return endpoints;
    }
}
