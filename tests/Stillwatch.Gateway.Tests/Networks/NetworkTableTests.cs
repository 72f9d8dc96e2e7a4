using System.Net;
using System.Text;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Identity;
using Stillwatch.Gateway.Networks;
using Stillwatch.Interactions;

namespace Stillwatch.Gateway.Tests.Networks;

public sealed class NetworkTableTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Find_IsWhatALinearSearchFinds()
    {
        var random = new Random(6);
        for (var round = 0; round < 200; round++)
        {
            var (lines, ranges) = (new StringBuilder(), new List<(ClientAddress First, ClientAddress Last, uint Value)>());
            var v4 = (UInt128)0xffff << 32;
            for (var i = 0; i < random.Next(40); i++)
            {
                var first = new ClientAddress((random.Next(2) == 0 ? v4 : 0) + (uint)random.Next(200));
                var last = new ClientAddress(first.Bits + (uint)random.Next(40));
                var value = (uint)random.Next(1, 4);
                ranges.RemoveAll(range => range.First == first && range.Last == last);
                ranges.Add((first, last, value));
            }

            foreach (var (first, last, value) in ranges)
            {
                lines.Append($"{first},{last},{value},\"A name, with a comma\"\n");
            }

            var table = NetworkTable.Load(new([], [Write("systems.csv", Shuffled(lines.ToString(), random))], null), null);
            for (var probe = 0; probe < 300; probe++)
            {
                var address = new ClientAddress((probe % 2 == 0 ? v4 : 0) + (uint)random.Next(250));
                var expected = ranges.Where(range => range.First.Bits <= address.Bits && address.Bits <= range.Last.Bits)
                    .OrderByDescending(range => range.First.Bits).ThenBy(range => range.Last.Bits).FirstOrDefault().Value;
                Assert.Equal(expected, table.Find(address).AutonomousSystem);
            }
        }
    }

    [Fact]
    public void Packages_AsRestored_KnowWellKnownAddresses()
    {
        var countries = NetworkPackages.Countries.Select(NetworkPackages.Find).ToList();
        var systems = NetworkPackages.Systems.Select(NetworkPackages.Find).ToList();
        Assert.SkipWhen(countries.Concat(systems).Contains(null), "The packages of networks are not restored; the build restores them.");
        var classes = Write("classes.csv", "# of the operator\n15169, hosting\n\n13335,cdn # resolver\n");
        var table = NetworkTable.Load(new([.. countries!], [.. systems!], classes), null);
        Assert.Equal(new NetworkFacts(15169, "US", "hosting"), table.Find(Address("8.8.8.8")));
        Assert.Equal((13335u, "cdn"), (table.Find(Address("1.1.1.1")).AutonomousSystem, table.Find(Address("1.1.1.1")).Class));
        Assert.Equal(new NetworkFacts(15169, "US", "hosting"), table.Find(Address("2001:4860:4860::8888")));
        Assert.Equal(new NetworkFacts(12816, "DE", null), table.Find(Address("141.84.0.1")));
        Assert.Equal(default, table.Find(Address("127.0.0.1")));
        Assert.Equal(default, table.Find(null));
        Assert.True(table.Counts is { Countries: > 300_000, Systems: > 400_000, Classes: 2 }, table.Counts.ToString());
    }

    [Theory]
    [InlineData("1.0.0.0,1.0.0.255,DE\n1.0.0.9", "countries.csv:2: no range")]
    [InlineData("1.0.0.9,1.0.0.0,DE", "countries.csv:1: no range")]
    [InlineData("1.0.0.0,::1,DE", "countries.csv:1: no range")]
    public void File_ThatIsWrong_IsRefusedWithThePlace(string text, string expected)
    {
        var path = Write("countries.csv", text);
        var fault = Assert.Throws<InvalidDataException>(() => NetworkTable.Load(new([path], [], null), null));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("13335")]
    [InlineData("0,hosting")]
    [InlineData("1,a\n1,b")]
    public void Classes_ThatAreWrong_AreRefused(string text)
    {
        var systems = Write("systems.csv", "1.0.0.0,1.0.0.255,1");
        Assert.Throws<InvalidDataException>(() => NetworkTable.Load(new([], [systems], Write("classes.csv", text)), null));
    }

    [Fact]
    public void File_ThatIsNoDatabase_IsRefused()
    {
        var path = Write("countries.mmdb", "no database");
        var fault = Assert.Throws<InvalidDataException>(() => NetworkTable.Load(new([path], [], null), null));
        Assert.Contains("no database in MaxMind's format", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reload_OfTheSameFiles_ReadsThemOnce()
    {
        var path = Write("countries.csv", "1.0.0.0,1.0.0.255,de");
        var first = NetworkTable.Load(new([path], [], null), null);
        Assert.Equal("DE", first.Find(Address("1.0.0.1")).Country);
        Assert.Same(first, NetworkTable.Load(new([path], [], null), first));
        Write("countries.csv", "1.0.0.0,1.0.1.255,fr");
        Assert.Equal("FR", NetworkTable.Load(new([path], [], null), first).Find(Address("1.0.0.1")).Country);
    }

    [Fact]
    public async Task Gateway_RecordsAndDecidesByTheNetworkOfTheClient()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var models = await ModelServer.StartAsync();
        Write("countries.csv", "203.0.113.0,203.0.113.255,DE\n198.51.100.0,198.51.100.255,FR");
        Write("systems.csv", "203.0.113.0,203.0.113.255,64500,A\n198.51.100.0,198.51.100.255,64501,B");
        Write("classes.csv", "64501,hosting");
        Write("access.cedar", """
            permit (principal, action, resource);
            @id("rented") forbid (principal, action, resource) when { context has asnClass && context.asnClass == "hosting" };
            """);
        var (_, key) = new KeyIssuer(_folder.At("keys.json"), TimeProvider.System).Create(new GatewayKey { Id = "", Account = "alice" });
        var path = Write("stillwatch.yaml", $$$"""
            listeners: [{address: "127.0.0.1:0"}]
            keys: keys.json
            upstreams: {main: {url: "{{{models.Address}}}"}}
            models: [{name: test-model, upstream: main}]
            observation: {spool: spool, log: log, drain_every: 50ms}
            trusted_proxies: {networks: [127.0.0.0/8]}
            networks: {countries: [countries.csv], systems: [systems.csv], classes: classes.csv}
            policies: {file: access.cedar}
            """);
        var (options, faults, _) = ConfigurationFile.Read(path);
        Assert.Empty(faults);
        var host = await Stillwatch.Gateway.Hosting.GatewayHost.StartAsync(options!, new(), path, cancellation);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var statuses = new List<HttpStatusCode>();
        foreach (var from in new[] { "203.0.113.7", "198.51.100.7", "192.0.2.1" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Addresses[0], "/v1/chat/completions"))
            {
                Content = new StringContent("""{"model":"test-model"}""", Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("Authorization", $"Bearer {key}");
            request.Headers.Add("X-Forwarded-For", from);
            statuses.Add((await client.SendAsync(request, cancellation)).StatusCode);
        }

        await host.StopAsync();
        await host.DisposeAsync();
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.OK], statuses);
        var recorded = RunningGateway.ReadLog(_folder.At("log")).Select(static line => line.GetProperty("client")).ToList();
        Assert.Equal("DE 64500", $"{recorded[0].GetProperty("country")} {recorded[0].GetProperty("asn")}");
        Assert.Equal("FR 64501", $"{recorded[1].GetProperty("country")} {recorded[1].GetProperty("asn")}");
        Assert.False(recorded[2].TryGetProperty("country", out _) || recorded[2].TryGetProperty("asn", out _));
    }

    private static ClientAddress? Address(string text) => ForwardedClient.ToClientAddress(IPAddress.Parse(text));

    private static string Shuffled(string lines, Random random)
    {
        var all = lines.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        random.Shuffle(all);
        return string.Join('\n', all);
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(_folder.At(name), text);
        return _folder.At(name);
    }
}
