using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Stillwatch.Evidence.Disclosures;
using Stillwatch.Evidence.Sharing.Access;
using Stillwatch.Evidence.Sharing.Hosting;
using Stillwatch.Evidence.Sharing.Taxii.Client;
using Stillwatch.Evidence.Tests.Disclosures;

namespace Stillwatch.Evidence.Tests.Sharing.Taxii;

public sealed class TaxiiServerTests(TaxiiServerFixture server) : IClassFixture<TaxiiServerFixture>
{
    private static readonly Guid Collection = new(TaxiiServerFixture.Adding);

    [Theory]
    [InlineData("application/taxii+json;version=2.1", 200)]
    [InlineData("application/taxii+json; version=2.1, */*", 200)]
    [InlineData("application/taxii+json", 200)]
    [InlineData("application/taxii+json;version=2.0", 406)]
    [InlineData("application/json", 406)]
    [InlineData("*/*", 406)]
    [InlineData(null, 406)]
    public async Task Get_AcceptHeader_IsJudged(string? accept, int status)
    {
        using var http = server.Client("lab-a", server.Secret);
        http.DefaultRequestHeaders.Remove("Accept");
        if (accept is not null)
        {
            http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", accept);
        }

        Assert.Equal(status, (int)(await http.GetAsync("/taxii2/", TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("/taxii2/")]
    [InlineData("/trustgroup1/collections/")]
    [InlineData("/trustgroup1/status/2223/")]
    [InlineData("/nothing/")]
    public async Task Get_WithoutOrWithAWrongKey_Is401EverywhereAndSaysNoSecret(string path)
    {
        foreach (var (name, secret) in new[] { ("lab-a", "wrong"), ("nobody", server.Secret), ("lab-a", ""), ("", "") })
        {
            using var http = server.Client(name, secret);
            var response = await http.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.NotEmpty(response.Headers.WwwAuthenticate);
            var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.DoesNotContain(server.Secret, body, StringComparison.Ordinal);
        }

        using var plain = new HttpClient { BaseAddress = server.Address };
        plain.DefaultRequestHeaders.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(TaxiiServerFixture.MediaType));
        Assert.Equal(HttpStatusCode.Unauthorized, (await plain.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Get_Objects_AreRecordedAsDisclosedBeforeTheyAreGiven()
    {
        server.Disclosures.All.Clear();
        var json = await server.GetOkAsync($"{TaxiiServerFixture.Objects(TaxiiServerFixture.History)}?limit=2");
        var disclosure = Assert.Single(server.Disclosures.All);
        Assert.Equal(("lab-a", DisclosureKind.TaxiiAnswer), (disclosure.Recipient, disclosure.Kind));
        Assert.Equal(TaxiiReferenceTests.Ids(json), disclosure.Items.Select(static item => item.Id));
    }

    [Fact]
    public async Task Walk_UnderConcurrentInserts_LosesAndRepeatsNothing()
    {
        const int posts = 60;
        using var client = new TaxiiClient(new RemoteServer(new Uri(server.Address, "trustgroup1/"), "lab-a", server.Secret));
        var gate = new DisclosureGate(new RecordedDisclosures());
        var position = PullPosition.Beginning;
        var seen = new List<string>();
        var posting = Task.Run(async () =>
        {
            for (var post = 0; post < posts; post++)
            {
                await client.PushAsync(
                    Collection,
                    [Encoding.UTF8.GetBytes(Item(post, 0)), Encoding.UTF8.GetBytes(Item(post, 1))],
                    gate,
                    DisclosureTests.Sample("server"),
                    TestContext.Current.CancellationToken);
            }
        }, TestContext.Current.CancellationToken);
        for (var isLast = false; !isLast;)
        {
            isLast = posting.IsCompleted;
            await foreach (var page in client.PullAsync(Collection, position, 7, TestContext.Current.CancellationToken))
            {
                seen.AddRange(page.Objects.Select(static json => (string)JsonNode.Parse(json)!["id"]!));
                position = page.Position;
            }
        }

        await posting;
        var expected = Enumerable.Range(0, posts).SelectMany(static post => new[] { Id(post, 0), Id(post, 1) });
        Assert.Equal(expected.Order(), seen.Order());

        static string Id(int post, int place) => $"indicator--b{place}000000-0000-4000-8000-{post:d12}";
        static string Item(int post, int place) => TaxiiServerFixture.Indicator(Id(post, place)[11..], "2017-01-27T13:49:53.935Z");
    }

    [Fact]
    public void Client_KeyOverPlainHttpElsewhere_IsRefused()
    {
        Assert.Throws<InvalidDataException>(() => new TaxiiClient(new RemoteServer(new Uri("http://taxii.example/root/"), "a", "b")));
        using var client = new TaxiiClient(new RemoteServer(new Uri("https://taxii.example/root"), "a", "b"));
    }

    [Fact]
    public async Task Client_Refusal_SaysWhatTheServerSays()
    {
        using var client = new TaxiiClient(new RemoteServer(new Uri(server.Address, "trustgroup1/"), "lab-a", server.Secret));
        var refusal = await Assert.ThrowsAsync<TaxiiAnswerException>(
            () => client.GetAsync("status/22101993/", TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.NotFound, refusal.Status);
        Assert.Contains("no such status", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Position_SavedAndLoaded_IsTheSame()
    {
        var path = Path.Combine(Path.GetTempPath(), $"position-{Environment.ProcessId}.json");
        var position = new PullPosition("2026-01-01T00:00:00.000001Z", "next", null);
        position.Save(path);
        Assert.Equal(position, PullPosition.Load(path));
        File.WriteAllText(path, "[");
        Assert.Throws<InvalidDataException>(() => PullPosition.Load(path));
        File.Delete(path);
        Assert.Equal(PullPosition.Beginning, PullPosition.Load(path));
    }

    [Fact]
    public async Task Host_PlainHttpBeyondThisMachine_IsRefused()
    {
        var listen = new ListenAddress(new IPEndPoint(IPAddress.Any, 0));
        await Assert.ThrowsAsync<InvalidDataException>(
            () => SharingHost.StartAsync(listen, 1, static _ => { }, TestContext.Current.CancellationToken));
    }
}
