using System.Text;
using System.Text.Json.Nodes;
using Stillwatch.Evidence.Pseudonymization;
using Stillwatch.Evidence.Sharing.Stix;
using Stillwatch.Evidence.Sharing.Stix.Export;
using Stillwatch.Evidence.Sharing.Stix.Objects;
using Stillwatch.Evidence.Sharing.Stix.Patterns;

namespace Stillwatch.Evidence.Tests.Sharing.Stix;

public sealed class CampaignExportTests(StixSchemas schemas) : IClassFixture<StixSchemas>
{
    private static readonly PseudonymKey Key = new(Enumerable.Range(0, 32).Select(static value => (byte)value).ToArray());

    [Theory]
    [InlineData(TrafficLight.Clear, Revelations.None)]
    [InlineData(TrafficLight.Green, Revelations.Figures)]
    [InlineData(TrafficLight.Amber, Revelations.Models)]
    [InlineData(TrafficLight.AmberStrict, Revelations.None)]
    [InlineData(TrafficLight.Red, Revelations.Accounts | Revelations.Figures | Revelations.Models)]
    public async Task Bundle_EveryObject_PassesTheSchemasOfOasisWithRecomputedIds(TrafficLight marking, Revelations reveals)
    {
        var objects = Objects(Export(new CampaignExportOptions { Marking = marking, Reveals = reveals }));
        var faults = await schemas.FaultsAsync(objects);
        Assert.Equal(objects.Count, faults.Count);
        Assert.All(
            faults.Index(), fault => Assert.True(fault.Item.Length == 0, $"{objects[fault.Index]}: {string.Join("; ", fault.Item)}"));
        Assert.Equal(
            [
                "attack-pattern", "autonomous-system", "campaign", "course-of-action", "domain-name", "extension-definition", "identity",
                "indicator", "infrastructure", "intrusion-set", "ipv4-addr", "ipv6-addr", "marking-definition", "observed-data",
                "relationship", "report", "software", "user-account", "x-match-token",
            ],
            objects.Select(static item => (string)item!["type"]!).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>The control: the same validation refuses what is wrong.</summary>
    [Theory]
    [InlineData("created", "2026-03-20T17:04:05Z")]
    [InlineData("severity", "high")]
    [InlineData("pattern_type", null)]
    [InlineData("id", "indicator--1")]
    public async Task Schemas_SpoiltObject_IsRefused(string member, string? value)
    {
        var spoilt = Objects(Export(new())).Single(static item => (string)item!["type"]! == "indicator"
            && ((string)item["pattern"]!).Contains("64500", StringComparison.Ordinal))!.DeepClone();
        Assert.Equal([[]], await schemas.FaultsAsync([spoilt.DeepClone()]));
        if (value is null)
        {
            spoilt.AsObject().Remove(member);
        }
        else
        {
            spoilt[member] = value;
        }

        Assert.NotEmpty(Assert.Single(await schemas.FaultsAsync([spoilt])));
    }

    [Fact]
    public void Bundle_ByDefault_RevealsPseudonymsOnly()
    {
        var text = Encoding.UTF8.GetString(Export(new()).ToJson());
        Assert.All(
            ["acct-secret", "13371337", "31.416", "secret-model", "24242", "campaign-5f0a6c3e9b12", "11:22:33", "192.0.2.77"],
            secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Assert.Contains("939a9414-2ddd-4d32-a0cd-375ea402b003", text, StringComparison.Ordinal);
        Assert.Contains("reveals account pseudonyms", text, StringComparison.Ordinal);
        Assert.DoesNotContain("reveals:figures", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Bundle_AskedForMore_SaysSo()
    {
        var text = Encoding.UTF8.GetString(Export(new() { Reveals = (Revelations)7, MinimumAccounts = 1 }).ToJson());
        Assert.All(
            [
                "acct-secret-0001", "13371337", "secret-model-5", "192.0.2.77", "reveals:account-names", "reveals:figures",
                "reveals:models", "reveals:observables",
            ],
            told => Assert.Contains(told, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Bundle_EveryObjectButTheMarking_IsMarked() => Assert.All(
        Export(new()).Objects.Where(static item => item is not MarkingDefinition),
        static item => Assert.Equal([MarkingDefinition.Of(TrafficLight.AmberStrict).Id], item.ObjectMarkingRefs));

    [Fact]
    public void Bundle_References_AreToObjectsOfTheBundle()
    {
        var bundle = Export(new());
        var known = bundle.Objects.Select(static item => item.Id).ToHashSet();
        Assert.Equal(known.Count, bundle.Objects.Count);
        Assert.All(
            bundle.Objects.OfType<Relationship>().SelectMany(static link => new[] { link.SourceRef, link.TargetRef }),
            id => Assert.Contains(id, known));
        Assert.All(bundle.Objects.OfType<Report>(), report => Assert.Subset(known, report.ObjectRefs.ToHashSet()));
        Assert.All(bundle.Objects.OfType<ObservedDataObject>(), seen => Assert.Subset(known, seen.ObjectRefs.ToHashSet()));
    }

    [Fact]
    public void Bundle_SameFindingsAndKey_IsTheSameAndAnotherKeyGivesOtherIds()
    {
        Assert.Equal(Export(new()).ToJson(), Export(new()).ToJson());
        var other = new CampaignExport(new PseudonymKey(new byte[32]), new(), SampleFindings.Time)
            .Bundle([SampleFindings.Campaign()], []);
        Assert.Empty(other.Objects.OfType<Campaign>().Select(static item => item.Id)
            .Intersect(Export(new()).Objects.OfType<Campaign>().Select(static item => item.Id)));
    }

    [Fact]
    public void Bundle_Patterns_AreValid() => Assert.All(
        Export(new()).Objects.OfType<Indicator>(),
        static indicator => Assert.IsType<Observation>(PatternParser.Parse(indicator.Pattern)));

    [Theory]
    [InlineData("ipv4-addr", "198.51.100")]
    [InlineData("ipv4-addr", "198.51.100.1/24")]
    [InlineData("ipv4-addr", "2001:db8::1")]
    [InlineData("autonomous-system", "4294967296")]
    [InlineData("domain-name", "a b")]
    [InlineData("x-match-token", "00")]
    [InlineData("mutex", "x")]
    public void Bundle_ObservableThatIsNone_IsRefused(string type, string value) =>
        Assert.Throws<InvalidDataException>(() => new CampaignExport(Key, new(), SampleFindings.Time).Bundle(
            [SampleFindings.Campaign()], [new CampaignObservable("campaign-5f0a6c3e9b12", type, value, 9)]));

    private static StixBundle Export(CampaignExportOptions options) =>
        new CampaignExport(Key, options, SampleFindings.Time).Bundle([SampleFindings.Campaign()], SampleFindings.Observables);

    private static JsonArray Objects(StixBundle bundle) => JsonNode.Parse(bundle.ToJson())!["objects"]!.AsArray();
}
