using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Evidence.Disclosures;
using Stillwatch.Evidence.Sharing.Access;
using Stillwatch.Evidence.Sharing.Hosting;
using Stillwatch.Evidence.Sharing.Taxii.Server;
using Stillwatch.Evidence.Tests.Disclosures;

namespace Stillwatch.Evidence.Tests.Sharing.Taxii;

/// <summary>A server on the loopback interface with the collections and the history that the reference server's tests have.</summary>
public sealed class TaxiiServerFixture : IAsyncLifetime
{
    public const string Root = "/trustgroup1/";
    public const string Adding = "365fed99-08fa-fdcd-a1b3-fb247eb41d01";
    public const string History = "91a7b528-80eb-42ed-a74d-c6fbd5a26116";
    public const string ReadOnly = "52892447-4d7e-4f70-b94d-d7f22742ff63";
    public const string Forbidden = "64993447-4d7e-4f70-b94d-d7f33742ee63";
    public const string WriteOnly = "472c94ae-3113-4e3e-a4dd-a9f4ac7471d4";
    public const string MediaType = "application/taxii+json;version=2.1";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stillwatch-taxii-");
    private TaxiiServer? _server;

    public Uri Address { get; private set; } = new("http://localhost");

    public string Secret { get; private set; } = "";

    public HttpClient Http { get; private set; } = new();

    internal ManualTime Time { get; } = new(DateTimeOffset.UnixEpoch);

    internal RecordedDisclosures Disclosures { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var keys = Path.Combine(_folder.FullName, "keys.json");
        var rights = new ApiKey
        {
            Name = "lab-a",
            Sha256 = "",
            Read = [History, Adding, ReadOnly],
            Write = [Adding, History, WriteOnly],
        };
        Secret = ApiKeys.Add(keys, rights);
        _server = new TaxiiServer(
            Path.Combine(_folder.FullName, "store"), Options(), ApiKeys.Load(keys), new DisclosureGate(Disclosures), Time);
        await AddHistoryAsync();
        var listen = new ListenAddress(new IPEndPoint(IPAddress.Loopback, 0));
        var host = await _server.StartAsync(listen, TestContext.Current.CancellationToken);
        Address = host.Address;
        Http = Client("lab-a", Secret);
        Time.Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server!.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    internal HttpClient Client(string name, string secret)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = true }) { BaseAddress = Address };
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{secret}")));
        http.DefaultRequestHeaders.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(MediaType));
        return http;
    }

    internal static string Objects(string collection) => $"{Root}collections/{collection}/objects/";

    internal static string Manifest(string collection) => $"{Root}collections/{collection}/manifest/";

    internal async Task<(HttpResponseMessage Response, JsonNode? Json)> GetAsync(string path)
    {
        var response = await Http.GetAsync(path, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(MediaType, response.Content.Headers.ContentType?.ToString().Replace(" ", "", StringComparison.Ordinal));
        return (response, JsonNode.Parse(text));
    }

    internal async Task<JsonNode> GetOkAsync(string path)
    {
        var (response, json) = await GetAsync(path);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {json}");
        return json!;
    }

    internal async Task<(HttpStatusCode Status, JsonNode Json)> PostAsync(string collection, string json, string mediaType = MediaType)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(json));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        var response = await Http.PostAsync(Objects(collection), content, TestContext.Current.CancellationToken);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }

    internal static string Indicator(string uuid, string modified, string spec = "2.1") => $$"""
        {"type":"indicator","spec_version":"{{spec}}","id":"indicator--{{uuid}}","created":"2014-01-27T13:49:53.935Z",
         "modified":"{{modified}}","pattern":"[url:value = 'http://x.example']","pattern_type":"stix",
         "valid_from":"2014-01-27T13:49:53.935382Z"}
        """;

    private static TaxiiServerOptions Options() => new()
    {
        Title = "Some TAXII Server",
        MaxContentLength = 1 << 20,
        MaxPageSize = 100,
        ApiRoots =
        [
            new TaxiiRootOptions
            {
                Name = "trustgroup1",
                Title = "Malware Research Group",
                Collections =
                [
                    .. new[] { WriteOnly, Adding, History, ReadOnly, Forbidden }
                        .Select(static id => new TaxiiCollectionOptions { Id = new Guid(id), Title = $"Collection {id[..4]}" }),
                ],
            },
            new TaxiiRootOptions { Name = "api1", Title = "General STIX 2.1 Collections" },
        ],
    };

    /// <summary>Ids, versions and times of adding as in the data of the reference server's tests.</summary>
    private async Task AddHistoryAsync()
    {
        const string relationship = "relationship--2f9a9aa9-108a-4333-83e2-4fb25add0463";
        const string changing = "indicator--6770298f-0fd8-471a-ab8c-1c658a46574e";
        const string malware = "malware--c0931cc6-c75e-47e5-9036-78fabc95d4ec";
        (string Added, string Id, string? Modified, string? Spec)[] history =
        [
            ("2014-05-08T09:00:00Z", relationship, "2014-05-08T09:00:00.000Z", "2.1"),
            ("2016-11-01T03:04:05Z", "indicator--cd981c25-8042-4166-8945-51178443bdac", "2014-05-08T09:00:00.000Z", "2.1"),
            ("2016-11-03T12:30:59.001Z", changing, "2016-11-03T12:30:59.000Z", "2.1"),
            ("2016-12-27T13:49:59Z", changing, "2016-12-25T12:30:59.444Z", "2.1"),
            ("2017-01-20T00:00:00Z", "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da", null, "2.1"),
            ("2017-01-27T13:49:59.997Z", malware, "2017-01-27T13:49:53.997Z", "2.1"),
            ("2017-01-27T13:49:59.997Z", malware, "2018-02-23T18:30:00.000Z", null),
            ("2017-12-31T13:49:53.935Z", changing, "2017-01-27T13:49:53.935Z", "2.1"),
        ];
        foreach (var (added, id, modified, spec) in history)
        {
            var item = new JsonObject { ["type"] = id.Split("--")[0], ["id"] = id, ["created"] = "2014-05-08T09:00:00.000Z" };
            item["modified"] = modified;
            item["spec_version"] = spec;
            foreach (var absent in item.Where(static member => member.Value is null).Select(static member => member.Key).ToList())
            {
                item.Remove(absent);
            }

            Time.Now = DateTimeOffset.Parse(added, System.Globalization.CultureInfo.InvariantCulture);
            await _server!.Collection(new Guid(History)).AddAsync([JsonDocument.Parse(item.ToJsonString()).RootElement], "history");
        }
    }
}
