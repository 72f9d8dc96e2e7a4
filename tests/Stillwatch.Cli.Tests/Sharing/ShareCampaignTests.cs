using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;

namespace Stillwatch.Cli.Tests.Sharing;

/// <summary>What is shared of campaigns, and what a hunt does with what others share.</summary>
public sealed class ShareCampaignTests(SimulatedLog log) : IClassFixture<SimulatedLog>, IDisposable
{
    private readonly SharingFolder _folder = new();

    private string Inputs => $"{log.Folder}/interactions.jsonl.gz --accounts {log.Folder}/accounts.jsonl.gz";

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Misp_OfFindings_NamesWhatTheFileNamesAndNoAccount()
    {
        await _folder.InitAsync();
        await _folder.OkAsync($"$stillwatch hunt {Inputs} --format json --out findings.json");
        var campaign = JsonNode.Parse(await _folder.ReadAsync("findings.json"))!["campaigns"]![0]!;
        await _folder.WriteAsync("seen.jsonl", $$"""
            {"campaign":"{{campaign["id"]}}","type":"ipv4-addr","value":"198.51.100.0/24","accounts":5}
            {"campaign":"{{campaign["id"]}}","type":"domain-name","value":"home.example","accounts":1}
            """);
        await _folder.OkAsync($"$stillwatch share misp findings.json --observables seen.jsonl --to group {SharingFolder.Log} --out feed");
        var manifest = JsonNode.Parse(await _folder.ReadAsync("feed/manifest.json"))!.AsObject();
        Assert.All(manifest, pair => Assert.True(File.Exists(_folder.At($"feed/{pair.Key}.json"))));
        var feed = string.Concat(Directory.EnumerateFiles(_folder.At("feed")).Select(File.ReadAllText));
        Assert.Contains("198.51.100.0/24", feed, StringComparison.Ordinal);
        Assert.DoesNotContain("home.example", feed, StringComparison.Ordinal);
        Assert.All(campaign["accounts"]!.AsArray(), member => Assert.DoesNotContain((string)member!, feed, StringComparison.Ordinal));
        Assert.Contains("mispFeed to group  TLP:AMBER+STRICT", await _folder.DisclosuresAsync(), StringComparison.Ordinal);
    }

    /// <summary>No entry, no disclosure: another's log, a damaged one and none at all leave the target as it was.</summary>
    [Fact]
    public async Task Export_WithoutItsEntry_GivesNothing()
    {
        await _folder.InitAsync();
        await _folder.OkAsync($"$stillwatch hunt {Inputs} --format json --out findings.json");
        await _folder.OkAsync("$stillwatch log key example.com/sharing --out other.key && cp -r log damaged && echo >> damaged/checkpoint");
        foreach (var where in (string[])["--log none --key log.key", "--log log --key other.key", "--log damaged --key log.key"])
        {
            var (status, _, errors) = await CommandLineRun.FinishShellAsync(
                $"$stillwatch share export findings.json --to lab-b {where} --out given.json", _folder.FullName);
            Assert.True(status == 2, $"{where}: {errors}");
            Assert.False(File.Exists(_folder.At("given.json")), where);
        }

        Assert.Empty(await _folder.DisclosuresAsync());
    }

    /// <summary>Who holds each value is counted here from the log's own lines, without the program.</summary>
    [Fact]
    public async Task Hunt_WithIndicatorsOfEveryKind_RaisesWhoeverUsedThem()
    {
        var users = await ReadUsersAsync();
        var address = Rare(users, "ip");
        var network = Rare(users, "net", [.. users[("ip", address)]]);
        var (system, agent, domain) = (Rare(users, "asn"), Rare(users, "user_agent"), Rare(users, "email_domain"));
        var expected = new[] { ("ip", address), ("net", network), ("asn", system), ("user_agent", agent), ("email_domain", domain) }
            .SelectMany(key => users[key]).Order(StringComparer.Ordinal).Distinct();
        await _folder.WriteAsync("partner.json", SharingFolder.Bundle(
            "2020-01-01T00:00:00Z",
            null,
            $"[ipv4-addr:value = '{address}']",
            $"[ipv4-addr:value ISSUBSET '{network}/24']",
            $"[autonomous-system:number = {system}]",
            $"[software:name = '{agent}']",
            $"[domain-name:value = '{domain}']"));
        await _folder.OkAsync($"$stillwatch hunt {Inputs} --indicators partner.json --format json --out found.json");
        var raised = JsonNode.Parse(await _folder.ReadAsync("found.json"))!["accounts"]!.AsArray()
            .Where(account => account!["reasons"]!.AsArray().Any(reason => (string)reason!["code"]! == "partner-indicator"))
            .Select(account => (string)account!["account"]!).Order(StringComparer.Ordinal);
        Assert.Equal(expected, raised);
    }

    /// <summary>A value that few accounts have, so that the indicator is not one of everybody.</summary>
    private static string Rare(Dictionary<(string Kind, string Value), HashSet<string>> users, string kind, params string[] others) => users
        .Where(pair => pair.Key.Kind == kind && pair.Value.Count is >= 1 and <= 40 && !pair.Value.Overlaps(others))
        .OrderBy(pair => pair.Value.Count).ThenBy(pair => pair.Key.Value, StringComparer.Ordinal).Last().Key.Value;

    private async Task<Dictionary<(string Kind, string Value), HashSet<string>>> ReadUsersAsync()
    {
        var users = new Dictionary<(string, string), HashSet<string>>();
        await foreach (var line in ReadAsync("interactions.jsonl.gz"))
        {
            var (account, client) = ((string)line["account"]!, line["client"]!);
            Note("ip", (string?)client["ip"], account);
            Note("asn", client["asn"]?.ToJsonString(), account);
            Note("user_agent", (string?)client["user_agent"], account);
            if (IPAddress.TryParse((string?)client["ip"], out var address) && address.GetAddressBytes() is [var a, var b, var c, _])
            {
                Note("net", $"{a}.{b}.{c}.0", account);
            }
        }

        await foreach (var line in ReadAsync("accounts.jsonl.gz"))
        {
            Note("email_domain", (string?)line["email_domain"], (string)line["account"]!);
        }

        return users;

        void Note(string kind, string? value, string account)
        {
            if (value is not null)
            {
                (users.TryGetValue((kind, value), out var known) ? known : users[(kind, value)] = []).Add(account);
            }
        }
    }

    private async IAsyncEnumerable<JsonNode> ReadAsync(string name)
    {
        await using var file = File.OpenRead(Path.Combine(log.Folder, name));
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            yield return JsonNode.Parse(line)!;
        }
    }
}
