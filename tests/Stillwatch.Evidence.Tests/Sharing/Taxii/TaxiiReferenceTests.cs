using System.Net;
using System.Text.Json.Nodes;

namespace Stillwatch.Evidence.Tests.Sharing.Taxii;

/// <summary>What the tests of OASIS's reference server (medallion, test_backends.py) expect, asked of ours over HTTP.</summary>
public sealed class TaxiiReferenceTests(TaxiiServerFixture server) : IClassFixture<TaxiiServerFixture>
{
    private const string Changing = "indicator--6770298f-0fd8-471a-ab8c-1c658a46574e";
    private const string Malware = "malware--c0931cc6-c75e-47e5-9036-78fabc95d4ec";
    private const string Relationship = "relationship--2f9a9aa9-108a-4333-83e2-4fb25add0463";

    private static string Objects => TaxiiServerFixture.Objects(TaxiiServerFixture.History);

    private static string Manifest => TaxiiServerFixture.Manifest(TaxiiServerFixture.History);

    [Fact]
    public async Task Discovery_AndRoots_AreDescribed()
    {
        var discovery = await server.GetOkAsync("/taxii2/");
        Assert.Equal([$"{server.Address}trustgroup1/", $"{server.Address}api1/"], Texts(discovery["api_roots"]!));
        var root = await server.GetOkAsync("/trustgroup1/");
        Assert.Equal(("Malware Research Group", 1 << 20), ((string)root["title"]!, (int)root["max_content_length"]!));
        Assert.Equal(["application/taxii+json;version=2.1"], Texts(root["versions"]!));
    }

    [Fact]
    public async Task Collections_AreListedWithTheRightsOfTheKey()
    {
        var collections = (await server.GetOkAsync("/trustgroup1/collections/"))["collections"]!.AsArray();
        Assert.Equal(5, collections.Count);
        Assert.Equal((false, false), Rights(TaxiiServerFixture.Forbidden));
        Assert.Equal((true, false), Rights(TaxiiServerFixture.ReadOnly));
        Assert.Equal((true, true), Rights(TaxiiServerFixture.Adding));
        Assert.Equal("{}", (await server.GetOkAsync("/api1/collections/")).ToJsonString());

        (bool, bool) Rights(string id)
        {
            var one = collections.Single(item => (string)item!["id"]! == id)!;
            return ((bool)one["can_read"]!, (bool)one["can_write"]!);
        }
    }

    [Fact]
    public async Task Objects_WithoutFilters_AreTheLatestOfStix21InTheOrderOfAdding()
    {
        var (response, json) = await server.GetAsync(Objects);
        Assert.False((bool)json!["more"]!);
        Assert.Equal(
            [Relationship, "indicator--cd981c25-8042-4166-8945-51178443bdac", "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da",
                Malware, Changing],
            Ids(json));
        AssertDates(response, "2014-05-08T09:00:00.000000Z", "2017-12-31T13:49:53.935000Z");
        Assert.All(json["objects"]!.AsArray(), static item => Assert.Equal("2.1", (string)item!["spec_version"]!));
    }

    [Theory]
    [InlineData("?added_after=2016-11-03T12:30:59Z", 3)]
    [InlineData("?match[id]=malware--c0931cc6-c75e-47e5-9036-78fabc95d4ec", 1)]
    [InlineData("?match[type]=indicator", 2)]
    [InlineData("?match[type]=indicator,malware", 3)]
    [InlineData("?match[version]=2016-12-25T12:30:59.444Z", 1)]
    [InlineData("?match[version]=first", 5)]
    [InlineData("?match[version]=last", 5)]
    [InlineData("?match[version]=all", 7)]
    [InlineData("?match[version]=first,last", 6)]
    [InlineData("?match[spec_version]=2.0", 1)]
    [InlineData("?match[spec_version]=2.1", 5)]
    [InlineData("?match[spec_version]=2.0,2.1", 5)]
    [InlineData("?match[unknown]=x&unknown=y", 5)]
    public async Task ObjectsAndManifest_Filters_Apply(string query, int count)
    {
        var objects = await server.GetOkAsync(Objects + query);
        Assert.Equal((false, count), ((bool)objects["more"]!, objects["objects"]!.AsArray().Count));
        var manifest = await server.GetOkAsync(Manifest + query);
        Assert.Equal(Ids(objects), Ids(manifest));
        Assert.All(manifest["objects"]!.AsArray(), static item => Assert.Equal(4, item!.AsObject().Count));
    }

    [Theory]
    [InlineData("first", "2016-11-03T12:30:59.000Z")]
    [InlineData("last", "2017-01-27T13:49:53.935Z")]
    [InlineData("2016-12-25T12:30:59.444Z", "2016-12-25T12:30:59.444Z")]
    public async Task Object_VersionChosen_IsGiven(string choice, string modified)
    {
        var json = await server.GetOkAsync($"{Objects}{Changing}/?match[version]={choice}");
        Assert.Equal(modified, (string)Assert.Single(json["objects"]!.AsArray())!["modified"]!);
    }

    [Fact]
    public async Task Object_OfTwoSpecVersions_IsGivenAsAskedFor()
    {
        Assert.Equal("2018-02-23T18:30:00.000Z", await ModifiedAsync("?match[spec_version]=2.0"));
        Assert.Equal("2018-02-23T18:30:00.000Z", await ModifiedAsync("?match[spec_version]=2.0,2.1"));
        Assert.Equal("2017-01-27T13:49:53.997Z", await ModifiedAsync(""));

        async Task<string> ModifiedAsync(string query) =>
            (string)Assert.Single((await server.GetOkAsync($"{Objects}{Malware}/{query}"))["objects"]!.AsArray())!["modified"]!;
    }

    [Fact]
    public async Task Objects_Limit_IsWalkedByNextWithDatesOfEachPage()
    {
        var (response, first) = await server.GetAsync($"{Objects}?limit=3");
        Assert.Equal((true, 3), ((bool)first!["more"]!, first["objects"]!.AsArray().Count));
        AssertDates(response, "2014-05-08T09:00:00.000000Z", "2017-01-20T00:00:00.000000Z");
        (response, var second) = await server.GetAsync($"{Objects}?limit=3&next={first["next"]}");
        Assert.Equal([Malware, Changing], Ids(second!));
        Assert.False((bool)second!["more"]!);
        AssertDates(response, "2017-01-27T13:49:59.997000Z", "2017-12-31T13:49:53.935000Z");
    }

    [Fact]
    public async Task Versions_AreListedAndWalked()
    {
        var path = $"{Objects}{Changing}/versions/";
        var seen = new List<string>();
        for (var (query, more) = ("?limit=1", true); more;)
        {
            var page = await server.GetOkAsync(path + query);
            seen.AddRange(Texts(page["versions"]!));
            more = (bool)page["more"]!;
            query = $"?limit=1&next={page["next"]}";
        }

        Assert.Equal(["2016-11-03T12:30:59.000Z", "2016-12-25T12:30:59.444Z", "2017-01-27T13:49:53.935Z"], seen);
        Assert.Equal("{}", (await server.GetOkAsync($"{Objects}{Relationship}/versions/?added_after=2014-05-08T09:00:00Z")).ToJsonString());
        var both = await server.GetOkAsync($"{Objects}{Malware}/versions/?match[spec_version]=2.0,2.1");
        Assert.Equal(2, both["versions"]!.AsArray().Count);
    }

    [Fact]
    public async Task Objects_NothingFound_IsAnEmptyObject()
    {
        Assert.Equal("{}", (await server.GetOkAsync($"{Objects}{Malware}/?added_after=2018-01-27T13:49:59.997000Z")).ToJsonString());
        var none = await server.GetOkAsync($"{Objects}?match[type]=incident&match[version]=2016-01-01T01:01:01.000Z");
        Assert.Equal("{}", none.ToJsonString());
    }

    [Theory]
    [InlineData("?limit=-20")]
    [InlineData("?limit=0")]
    [InlineData("?limit=x")]
    [InlineData("?next=nonsense")]
    [InlineData("?next=AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("?added_after=yesterday")]
    [InlineData("?match[version]=newest")]
    public async Task Objects_WrongParameter_Is400(string query)
    {
        var (response, json) = await server.GetAsync(Objects + query);
        Assert.Equal(
            (HttpStatusCode.BadRequest, "ProcessingError", "400"),
            (response.StatusCode, (string)json!["title"]!, (string)json["http_status"]!));
    }

    [Fact]
    public async Task Objects_NextWithOtherParameters_Is400()
    {
        var page = await server.GetOkAsync($"{Objects}?match[version]=all&limit=2");
        await server.GetOkAsync($"{Objects}?match[version]=all&limit=2&next={page["next"]}");
        var (response, _) = await server.GetAsync($"{Objects}?match[version]=first&limit=2&next={page["next"]}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("/trustgroup2/", 404)]
    [InlineData("/carbon1/collections/", 404)]
    [InlineData("/carbon1/collections/12345678-1234-1234-1234-123456789012/", 404)]
    [InlineData("/trustgroup1/status/22101993/", 404)]
    [InlineData("@24042009/manifest/", 404)]
    [InlineData("@64993447-4d7e-4f70-b94d-d7f33742ee63/manifest/", 403)]
    [InlineData("@64993447-4d7e-4f70-b94d-d7f33742ee63/objects/indicator--b81f86b9-975b-bb0b-775e-810c5bd45b4f/", 403)]
    [InlineData("@472c94ae-3113-4e3e-a4dd-a9f4ac7471d4/objects/", 403)]
    [InlineData("@91a7b528-80eb-42ed-a74d-c6fbd5a26116/objects/malware--cee60c30-a68c-11e3-b0c1-a01aac20d000/", 404)]
    [InlineData("/nothing/of/the/kind/", 404)]
    public async Task Get_WhatIsNotThereOrNotAllowed_IsRefused(string path, int status)
    {
        var (response, json) = await server.GetAsync(path.Replace("@", "/trustgroup1/collections/", StringComparison.Ordinal));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal($"{status}", (string)json!["http_status"]!);
    }

    internal static IEnumerable<string> Ids(JsonNode json) => json["objects"]!.AsArray().Select(static item => (string)item!["id"]!);

    private static IEnumerable<string> Texts(JsonNode list) => list.AsArray().Select(static item => (string)item!);

    private static void AssertDates(HttpResponseMessage response, string first, string last) => Assert.Equal(
        (first, last),
        (response.Headers.GetValues("X-TAXII-Date-Added-First").Single(), response.Headers.GetValues("X-TAXII-Date-Added-Last").Single()));
}
