using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Stillwatch.Evidence.Pseudonymization;
using Stillwatch.Evidence.Sharing.Misp;
using Stillwatch.Evidence.Sharing.Stix.Export;
using Stillwatch.Evidence.Tests.Sharing.Stix;

namespace Stillwatch.Evidence.Tests.Sharing.Misp;

public sealed class MispFeedTests
{
    private static readonly MispFeed Feed = new(new PseudonymKey(new byte[32]), new CampaignExportOptions(), SampleFindings.Time);

    [Fact]
    public void Files_ManifestNamesEveryEventWithItsHash()
    {
        var files = Feed.Files([SampleFindings.Campaign()], SampleFindings.Observables);
        Assert.Equal("manifest.json", files[^1].Name);
        var (uuid, head) = Assert.Single(Json(files[^1].Content).AsObject());
        Assert.Equal($"{uuid}.json", files[0].Name);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(files[0].Content)), (string)head!["integrity:sha256"]!);
        Assert.Equal(
            ["Orgc", "Tag", "analysis", "date", "info", "integrity:sha256", "threat_level_id", "timestamp"],
            head.AsObject().Select(static member => member.Key).Order(StringComparer.Ordinal));
        var item = Json(files[0].Content)["Event"]!;
        Assert.Equal((uuid, "2026-03-02", (string)head["info"]!), ((string)item["uuid"]!, (string)item["date"]!, (string)item["info"]!));
        Assert.Contains(item["Tag"]!.AsArray(), static tag => (string)tag!["name"]! == "tlp:amber+strict");
        Assert.Equal(
            ["AS", "domain", "ip-src", "ip-src", "ip-src", "text", "text", "user-agent"],
            item["Attribute"]!.AsArray().Select(static one => (string)one!["type"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Files_CustomersAndFigures_AreNotInThem()
    {
        var text = string.Concat(Feed.Files([SampleFindings.Campaign()], SampleFindings.Observables)
            .Select(static file => Encoding.UTF8.GetString(file.Content)));
        Assert.All(
            ["acct-secret", "13371337", "31.416", "secret-model", "24242", "campaign-5f0a6c3e9b12", "11:22:33", "192.0.2.77"],
            secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Files_SameFindings_AreTheSameAndTheDisclosureNamesEach()
    {
        var files = Feed.Files([SampleFindings.Campaign()], SampleFindings.Observables);
        Assert.Equal(
            files.Select(static file => file.Content),
            Feed.Files([SampleFindings.Campaign()], SampleFindings.Observables).Select(static file => file.Content));
        var disclosure = Feed.Disclosure(files, "group", "feed", SampleFindings.Time);
        Assert.Equal(files.Select(static file => file.Name), disclosure.Items.Select(static item => item.Id));
        Assert.Equal(3, disclosure.MinimumAccounts);
    }

    [Fact]
    public void Files_ObservableThatIsNone_IsRefused() => Assert.Throws<InvalidDataException>(() => Feed.Files(
        [SampleFindings.Campaign()], [new CampaignObservable("campaign-5f0a6c3e9b12", "ipv4-addr", "x", 9)]));

    private static JsonNode Json(byte[] content) => JsonNode.Parse(content)!;
}
