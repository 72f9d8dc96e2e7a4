using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stillwatch.Cli.Tests.Sharing;

public sealed class ShareVerbTests(SimulatedLog log) : IClassFixture<SimulatedLog>, IDisposable
{
    private const string Collection = "91a7b528-80eb-42ed-a74d-c6fbd5a26116";
    private const string MediaType = "application/taxii+json;version=2.1";

    private readonly SharingFolder _folder = new();

    private string Inputs => $"{log.Folder}/interactions.jsonl.gz --accounts {log.Folder}/accounts.jsonl.gz";

    public void Dispose() => _folder.Dispose();

    /// <summary>Hunt, export, import, and hunt again with what was shared: nobody becomes worse than review by it.</summary>
    [Fact]
    public async Task Share_FromFindingsAndBack_RaisesToReviewAtMost()
    {
        await _folder.InitAsync();
        await OkAsync($"$stillwatch hunt {Inputs} --format json --out findings.json");
        await OkAsync(
            $"$stillwatch share export findings.json --to lab-b {SharingFolder.Log} --out bundle.json "
                + "&& $stillwatch share import bundle.json");
        var findings = JsonNode.Parse(await ReadAsync("findings.json"))!;
        var bundle = await ReadAsync("bundle.json");
        var members = findings["campaigns"]![0]!["accounts"]!.AsArray().Select(static account => (string)account!).ToHashSet();
        Assert.All(members, member => Assert.DoesNotContain($"\"{member}\"", bundle, StringComparison.Ordinal));
        Assert.Contains("stixBundle to lab-b  TLP:AMBER+STRICT", await _folder.DisclosuresAsync(), StringComparison.Ordinal);

        var known = findings["accounts"]!.AsArray().Select(static account => (string)account!["account"]!).ToHashSet();
        var innocent = Accounts().First(account => !known.Contains(account));
        await WriteAsync("partner.json", Bundle(innocent, "2020-01-01T00:00:00Z", null));
        await WriteAsync("expired.json", Bundle(innocent, "2020-01-01T00:00:00Z", "2020-02-01T00:00:00Z"));
        await OkAsync($"$stillwatch hunt {Inputs} --indicators partner.json --format json --out with.json");
        await OkAsync($"$stillwatch hunt {Inputs} --indicators expired.json --format json --out without.json");
        var raised = JsonNode.Parse(await ReadAsync("with.json"))!["accounts"]!.AsArray()
            .Single(account => (string)account!["account"]! == innocent)!;
        Assert.Equal("review", (string)raised["verdict"]!);
        Assert.Equal("partner-indicator", (string)Assert.Single(raised["reasons"]!.AsArray())!["code"]!);
        Assert.Equal(await ReadAsync("findings.json"), await ReadAsync("without.json"));
    }

    /// <summary>What was answered with 202 is there after SIGKILL, at whatever moment it comes.</summary>
    [Fact]
    public async Task Serve_KilledWhilePosting_LosesNothingThatItAcknowledged()
    {
        await WriteAsync("taxii.json", $$"""
            {"api_roots":[{"name":"lab","title":"t","collections":[{"id":"{{Collection}}","title":"c"}]}]}
            """);
        await _folder.InitAsync();
        var secret = (await OkAsync("$stillwatch share api-key lab --read '*' --write '*'")).Trim();
        var acknowledged = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            using var server = await StartAsync();
            using var http = Client(server.Address, secret);
            var posting = PostAsync(http, round, acknowledged);
            await Task.WhenAny(posting, WaitForAsync(acknowledged, 10 * (round + 1)));
            server.Kill();
            await posting;
        }

        Assert.True(acknowledged.Count >= 10);
        using var last = await StartAsync();
        using var client = Client(last.Address, secret);
        var held = await ReadAllAsync(client);
        last.Kill();
        Assert.Subset(held, acknowledged.ToHashSet());
        Assert.Contains("taxiiAnswer to lab", await _folder.DisclosuresAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("share", "verb")]
    [InlineData("share export missing.json --to x --log log --key k", "missing.json: there is no such file.")]
    [InlineData("share export - --to x --log log --key k </dev/null", "standard")]
    [InlineData("share import taxii.txt", "no usable STIX bundle")]
    [InlineData("share export x.json --to x", "--log")]
    [InlineData("share serve . --log log --key k", "taxii.json")]
    [InlineData("share key-service --per-hour 0 --log log --key k", "--per-hour takes a number from 1 on.")]
    [InlineData("share sighting x --count 1 --to y --log log --key k", "'x' is no STIX id")]
    [InlineData(
        "share push 91a7b528-80eb-42ed-a74d-c6fbd5a26116 b --server ftp://x --name n --secret s --log log --key k",
        "b: there is no such file.")]
    public async Task Share_UnusableArguments_AreRefused(string arguments, string reason)
    {
        await WriteAsync("taxii.txt", "x");
        var (status, output, errors) = await CommandLineRun.FinishShellAsync($"$stillwatch {arguments}", _folder.FullName);
        Assert.Equal((2, ""), (status, output));
        Assert.Contains(reason == "verb" || reason == "standard" ? "stillwatch" : reason, errors, StringComparison.Ordinal);
    }

    private IEnumerable<string> Accounts()
    {
        using var file = File.OpenRead(Path.Combine(log.Folder, "interactions.jsonl.gz"));
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            yield return (string)JsonNode.Parse(line)!["account"]!;
        }
    }

    private static string Bundle(string account, string from, string? until) =>
        SharingFolder.Bundle(from, until, $"[user-account:user_id = '{account}']");

    private static HttpClient Client(Uri address, string secret)
    {
        var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"lab:{secret}")));
        http.DefaultRequestHeaders.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(MediaType));
        return http;
    }

    private static async Task PostAsync(HttpClient http, int round, List<string> acknowledged)
    {
        for (var number = 0; number < 1000; number++)
        {
            var id = $"tool--{round:d8}-0000-4000-8000-{number:d12}";
            using var content = new StringContent($$"""{"objects":[{"type":"tool","id":"{{id}}"}]}""");
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(MediaType);
            try
            {
                using var response = await http.PostAsync($"/lab/collections/{Collection}/objects/", content);
                if ((int)response.StatusCode == 202)
                {
                    lock (acknowledged)
                    {
                        acknowledged.Add(id);
                    }
                }
            }
            catch (HttpRequestException)
            {
                return;
            }
        }
    }

    private static async Task WaitForAsync(List<string> acknowledged, int count)
    {
        while (true)
        {
            lock (acknowledged)
            {
                if (acknowledged.Count >= count)
                {
                    return;
                }
            }

            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<HashSet<string>> ReadAllAsync(HttpClient http)
    {
        var held = new HashSet<string>();
        for (var next = ""; ;)
        {
            var text = await http.GetStringAsync(
                $"/lab/collections/{Collection}/objects/?match[spec_version]=2.0,2.1{next}", TestContext.Current.CancellationToken);
            using var page = JsonDocument.Parse(text);
            var objects = page.RootElement.GetProperty("objects").EnumerateArray();
            held.UnionWith(objects.Select(static item => item.GetProperty("id").GetString()!));
            if (!page.RootElement.GetProperty("more").GetBoolean())
            {
                return held;
            }

            next = $"&next={page.RootElement.GetProperty("next").GetString()}";
        }
    }

    private Task<ServingProcess> StartAsync() =>
        ServingProcess.StartAsync(_folder.FullName, "serve", ".", "--log", "log", "--key", "log.key");

    private Task<string> OkAsync(string line) => _folder.OkAsync(line);

    private Task<string> ReadAsync(string name) => _folder.ReadAsync(name);

    private Task WriteAsync(string name, string text) => _folder.WriteAsync(name, text);
}
