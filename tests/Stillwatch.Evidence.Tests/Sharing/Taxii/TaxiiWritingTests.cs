using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Stillwatch.Evidence.Tests.Sharing.Taxii;

public sealed class TaxiiWritingTests(TaxiiServerFixture server) : IClassFixture<TaxiiServerFixture>
{
    private const string Collection = TaxiiServerFixture.Adding;

    private static string Objects => TaxiiServerFixture.Objects(Collection);

    [Fact]
    public async Task Post_Objects_AreStoredAndTheirStatusIsKept()
    {
        const string uuid = "a0000000-0000-4000-8000-000000000001";
        var (status, json) = await PostAsync(TaxiiServerFixture.Indicator(uuid, "2017-01-27T13:49:53.935Z"));
        Assert.Equal((HttpStatusCode.Accepted, "complete", 1), (status, (string)json["status"]!, (int)json["success_count"]!));
        Assert.Null(json["failures"]);
        var kept = await server.GetOkAsync($"{TaxiiServerFixture.Root}status/{json["id"]}/");
        Assert.True(JsonNode.DeepEquals(json, kept));
        var found = await server.GetOkAsync($"{Objects}?match[id]=indicator--{uuid}");
        Assert.Equal($"indicator--{uuid}", Assert.Single(TaxiiReferenceTests.Ids(found)));
        var manifest = await server.GetOkAsync($"{TaxiiServerFixture.Manifest(Collection)}?match[id]=indicator--{uuid}");
        Assert.Single(TaxiiReferenceTests.Ids(manifest));
    }

    [Fact]
    public async Task Post_SameVersionAgain_SucceedsAndStoresNothing()
    {
        var item = TaxiiServerFixture.Indicator("a0000000-0000-4000-8000-000000000002", "2017-01-27T13:49:53.935Z");
        await PostAsync(item);
        var (status, json) = await PostAsync(item, item);
        Assert.Equal((HttpStatusCode.Accepted, 2), (status, (int)json["success_count"]!));
        Assert.All(json["successes"]!.AsArray(), static one => Assert.Equal("Object already added", (string)one!["message"]!));
        var versions = await server.GetOkAsync($"{Objects}indicator--a0000000-0000-4000-8000-000000000002/versions/");
        Assert.Single(versions["versions"]!.AsArray());
    }

    [Fact]
    public async Task Post_ObjectThatIsNone_FailsAloneAndTheOthersAreStored()
    {
        var good = TaxiiServerFixture.Indicator("a0000000-0000-4000-8000-000000000003", "2017-01-27T13:49:53.935Z");
        var (_, json) = await PostAsync("5", "{\"id\":\"x\"}", good, "{\"type\":\"tool\",\"id\":\"tool--1\"}", """{"id":"tool--\ud800"}""");
        Assert.Equal((1, 4), ((int)json["success_count"]!, (int)json["failure_count"]!));
    }

    [Fact]
    public async Task Delete_ByVersion_LeavesTheOthers()
    {
        const string id = "indicator--a0000000-0000-4000-8000-000000000004";
        int[] years = [2014, 2015, 2016, 2018, 2019];
        await PostAsync([.. years.Select(year => TaxiiServerFixture.Indicator(id[11..], $"{year}-01-27T13:49:53.935Z"))]);
        await DeleteAsync("?match[version]=2018-01-27T13:49:53.935Z", "2014", "2015", "2016", "2019");
        await DeleteAsync("?match[version]=first", "2015", "2016", "2019");
        await DeleteAsync("?match[version]=last", "2015", "2016");
        await DeleteAsync("?match[version]=all");

        async Task DeleteAsync(string query, params string[] left)
        {
            var response = await server.Http.DeleteAsync($"{Objects}{id}/{query}", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var (answer, json) = await server.GetAsync($"{Objects}{id}/versions/");
            Assert.Equal(left.Length == 0 ? HttpStatusCode.NotFound : HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(left, json!["versions"]?.AsArray().Select(static version => ((string)version!)[..4]) ?? []);
        }
    }

    [Fact]
    public async Task Delete_BySpecVersion_LeavesTheOther()
    {
        const string id = "indicator--a0000000-0000-4000-8000-000000000005";
        await PostAsync(
            TaxiiServerFixture.Indicator(id[11..], "2017-01-27T13:49:53.935Z"),
            TaxiiServerFixture.Indicator(id[11..], "2019-01-27T13:49:53.935Z", "2.0"));
        await server.Http.DeleteAsync($"{Objects}{id}/?match[spec_version]=2.0", TestContext.Current.CancellationToken);
        var versions = await server.GetOkAsync($"{Objects}{id}/versions/?match[spec_version]=2.0,2.1");
        Assert.Equal("2017-01-27T13:49:53.935Z", (string)Assert.Single(versions["versions"]!.AsArray())!);
    }

    [Fact]
    public async Task Post_ObservableWithoutVersion_HasOne()
    {
        const string id = "artifact--6f437177-6e48-5cf8-9d9e-872a2bddd641";
        await PostAsync($$"""{"type":"artifact","spec_version":"2.1","id":"{{id}}","mime_type":"application/zip"}""");
        foreach (var choice in (string[])["all", "first", "last"])
        {
            Assert.Single((await server.GetOkAsync($"{Objects}{id}/?match[version]={choice}"))["objects"]!.AsArray());
        }
    }

    [Theory]
    [InlineData("""{"type":"tool"}""", "application/taxii+json;version=2.1", 422)]
    [InlineData("[]", "application/taxii+json;version=2.1", 422)]
    [InlineData("{\"objects\":", "application/taxii+json;version=2.1", 400)]
    [InlineData("""{"objects":[],"objects":[]}""", "application/taxii+json;version=2.1", 400)]
    [InlineData("""{"objects":[]}""", "application/json", 415)]
    [InlineData("""{"objects":[]}""", "application/taxii+json;version=2.0", 415)]
    [InlineData("""{"objects":[]}""", "application/taxii+json", 202)]
    public async Task Post_Body_IsJudged(string body, string mediaType, int status)
    {
        var (answer, json) = await server.PostAsync(Collection, body, mediaType);
        Assert.Equal(status, (int)answer);
        Assert.Equal(status == 422, json["title"]?.ToString() == "ProcessingError"
            && json["description"]!.ToString().Contains("While processing supplied content, an error occurred", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_TooLongTooDeepOrWithoutLength_IsRefused()
    {
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync($"\"{new string('x', 1 << 20)}\"")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(new string('[', 100) + new string(']', 100))).Status);
        using var chunked = new HttpRequestMessage(HttpMethod.Post, Objects);
        chunked.Content = new StringContent("{\"objects\":[]}", Encoding.UTF8);
        chunked.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(TaxiiServerFixture.MediaType);
        chunked.Headers.TransferEncodingChunked = true;
        var response = await server.Http.SendAsync(chunked, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData(TaxiiServerFixture.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData(TaxiiServerFixture.ReadOnly, HttpStatusCode.Forbidden)]
    [InlineData("12345678-1234-1234-1234-123456789012", HttpStatusCode.NotFound)]
    public async Task Post_WithoutTheRight_IsRefused(string collection, HttpStatusCode status) =>
        Assert.Equal(status, (await server.PostAsync(collection, "{\"objects\":[]}")).Status);

    [Theory]
    [InlineData(TaxiiServerFixture.Forbidden, HttpStatusCode.NotFound)]
    [InlineData(TaxiiServerFixture.ReadOnly, HttpStatusCode.Forbidden)]
    [InlineData(TaxiiServerFixture.WriteOnly, HttpStatusCode.Forbidden)]
    public async Task Delete_WithoutBothRights_IsRefused(string collection, HttpStatusCode status)
    {
        var path = $"{TaxiiServerFixture.Objects(collection)}indicator--a0000000-0000-4000-8000-000000000001/";
        Assert.Equal(status, (await server.Http.DeleteAsync(path, TestContext.Current.CancellationToken)).StatusCode);
    }

    private Task<(HttpStatusCode Status, JsonNode Json)> PostAsync(params string[] objects) =>
        server.PostAsync(Collection, $$"""{"objects":[{{string.Join(',', objects)}}]}""");
}
