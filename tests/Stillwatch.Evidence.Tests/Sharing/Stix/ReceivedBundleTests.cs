using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Campaigns.Indicators;
using Stillwatch.Evidence.Pseudonymization;
using Stillwatch.Evidence.Sharing.Stix;
using Stillwatch.Evidence.Sharing.Stix.Export;
using Stillwatch.Evidence.Sharing.Stix.Import;
using Stillwatch.Evidence.Sharing.Stix.Objects;

namespace Stillwatch.Evidence.Tests.Sharing.Stix;

public sealed class ReceivedBundleTests(StixSchemas schemas) : IClassFixture<StixSchemas>
{
    private const string Uuid = "a932fcc6-e032-476c-826f-cb970a5a1ade";
    private const string Author = "identity--b932fcc6-e032-476c-826f-cb970a5a1ade";

    private static readonly PseudonymKey Key = new(new byte[32]);

    [Fact]
    public void Read_OurOwnBundle_BringsBackEveryObjectAndEveryIndicator()
    {
        var bundle = new CampaignExport(Key, new(), SampleFindings.Time).Bundle([SampleFindings.Campaign()], SampleFindings.Observables);
        var received = ReceivedBundle.Read(bundle.ToJson(), "ours");
        Assert.Equal(bundle.Objects.Select(static item => item.Id), received.Objects.Select(static item => item.Id));
        var import = IndicatorImport.Of([received]);
        Assert.Equal((6, 1), (import.Indicators.Count, import.Skipped.Count));
        Assert.Contains("share match", Assert.Single(import.Skipped).Reason, StringComparison.Ordinal);
        Assert.Equal(
            [
                IndicatorAttribute.Address, IndicatorAttribute.Network, IndicatorAttribute.Network, IndicatorAttribute.AutonomousSystem,
                IndicatorAttribute.EmailDomain, IndicatorAttribute.Agent,
            ],
            import.Indicators.Select(static indicator => indicator.Alternatives.Single().Single().Attribute).Order());
    }

    /// <summary>Examples of OASIS: valid JSON and a bundle of the required form is read, invalid_* is not.</summary>
    [Fact]
    public void Read_ExamplesOfOasis_AreReadOrRefused()
    {
        var folder = schemas.Unpack("stix/stix21-examples.tar.gz");
        var files = Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).ToList();
        Assert.True(files.Count >= 15);
        var bundles = files.Where(static path => path.Contains("/examples/", StringComparison.Ordinal)
            && JsonNode.Parse(File.ReadAllText(path)) is JsonObject root && (string?)root["type"] == "bundle").ToList();
        Assert.True(bundles.Count >= 5);
        Assert.All(bundles, static file => Assert.NotEmpty(ReceivedBundle.Read(File.ReadAllBytes(file), file).Objects));

        foreach (var name in (string[])["invalid_braces", "invalid_comma", "invalid_timestamp"])
        {
            var text = File.ReadAllText(files.Single(path => path.EndsWith($"{name}.json", StringComparison.Ordinal)));
            Refused(Bundle(text), "");
        }
    }

    [Theory]
    [InlineData("", "no usable STIX bundle")]
    [InlineData("null", "outermost")]
    [InlineData("[]", "outermost")]
    [InlineData("""{"type":5}""", "outermost")]
    [InlineData("""{"type":"bundle"}""", "the bundle.id")]
    [InlineData("""{"type":"bundle","id":"bundle--1"}""", "the bundle.id")]
    [InlineData("""{"type":"bundle","id":"bundle--@","objects":{}}""", "no list")]
    [InlineData("""{"type":"bundle","id":"bundle--@","objects":[1]}""", "objects[0]")]
    [InlineData("""{"type":"bundle","id":"bundle--@","type":"bundle"}""", "no usable STIX bundle")]
    public void Read_HostileBundle_IsRefusedWithTheReason(string text, string reason) =>
        Refused(text.Replace("@", Uuid, StringComparison.Ordinal), reason);

    [Theory]
    [InlineData("""{"type":"indicator","id":"campaign--@"}""", "objects[0].id")]
    [InlineData("""{"type":"indicator","id":"indicator--@","created":"yesterday"}""", "created")]
    [InlineData("""{"type":"indicator","id":"indicator--@","created":"2026-02-30T00:00:00.000Z"}""", "created")]
    [InlineData("""
        {"type":"indicator","id":"indicator--@","created":"2026-03-01T00:00:00.000Z","modified":"2026-02-01T00:00:00.000Z"}
        """, "before its created")]
    [InlineData("""{"type":"indicator","id":"indicator--@","revoked":"no"}""", "revoked")]
    [InlineData("""{"type":"indicator","id":"indicator--@","spec_version":2.1}""", "spec_version")]
    [InlineData("""{"type":"indicator","id":"indicator--@","created_by_ref":"tool--@"}""", "created_by_ref")]
    [InlineData("""{"type":"ipv4-addr","id":"ipv4-addr--@"},{"type":"ipv4-addr","id":"ipv4-addr--@"}""", "given twice")]
    [InlineData("""{"type":"tool","id":"tool--@","object_marking_refs":["tool--@"]}""", "marking")]
    [InlineData("""
        {"type":"marking-definition","id":"marking-definition--@","object_marking_refs":["marking-definition--@"]}
        """, "marks itself")]
    [InlineData("""
        {"type":"marking-definition","id":"marking-definition--@",
         "object_marking_refs":["marking-definition--c932fcc6-e032-476c-826f-cb970a5a1ade"]},
        {"type":"marking-definition","id":"marking-definition--c932fcc6-e032-476c-826f-cb970a5a1ade",
         "object_marking_refs":["marking-definition--@"]}
        """, "marks itself")]
    public void Read_BundleWithAHostileObject_IsRefusedWithTheReason(string objects, string reason) =>
        Refused(Bundle(objects.Replace("@", Uuid, StringComparison.Ordinal)), reason);

    [Fact]
    public void Read_BeyondTheLimits_IsRefused()
    {
        Refused($$"""{"type":"bundle","id":"bundle--{{Uuid}}","objects":{{new string('[', 100_000)}}""", "");
        Refused($$"""{"type":"bundle","id":"bundle--{{Uuid}}","x":"{{new string('x', StixLimits.MaxBytes)}}"}""", "bytes are more");
        Refused(Bundle(string.Join(',', Enumerable.Repeat("1", 20_001))), "no list of at most");
        var chain = Enumerable.Range(0, 5000).Select(number => $$"""
            {"type":"marking-definition","id":"marking-definition--{{Nth(number)}}",
             "object_marking_refs":["marking-definition--{{Nth(number + 1)}}"]}
            """);
        Assert.Equal(5000, Parse(Bundle(string.Join(',', chain))).Objects.Count);
    }

    [Fact]
    public void Read_FuzzedBytes_IsReadOrRefused()
    {
        var export = new CampaignExport(Key, new(), SampleFindings.Time);
        var good = export.Bundle([SampleFindings.Campaign(3)], SampleFindings.Observables).ToJson();
        var faults = Gen.Zip(Gen.Choose(0, good.Length - 1), Gen.Choose(0, 255)).ListOf(3);
        Prop.ForAll(faults.ToArbitrary(), list =>
        {
            var bytes = (byte[])good.Clone();
            foreach (var (at, value) in list)
            {
                bytes[at] = (byte)value;
            }

            try
            {
                _ = IndicatorImport.Of([ReceivedBundle.Read(bytes, "fuzzed")]);
            }
            catch (InvalidDataException)
            {
                // Refusing is the other allowed outcome; any other exception fails the test.
            }
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("[ipv4-addr:value = '198.51.100.7']", IndicatorAttribute.Address, 1)]
    [InlineData("[ipv4-addr:value ISSUBSET '198.51.100.0/24']", IndicatorAttribute.Network, 1)]
    [InlineData("[ipv4-addr:value ISSUBSET '198.51.100.0/28']", IndicatorAttribute.Address, 16)]
    [InlineData("[ipv4-addr:value ISSUBSET '198.51.96.0/20']", IndicatorAttribute.Network, 16)]
    [InlineData("[ipv6-addr:value = '2001:db8::/48']", IndicatorAttribute.Network, 1)]
    [InlineData("[ipv6-addr:value = '2001:db8::1']", IndicatorAttribute.Address, 1)]
    [InlineData("[autonomous-system:number IN (64500, 64501)]", IndicatorAttribute.AutonomousSystem, 2)]
    [InlineData("[user-account:user_id = 'a' AND user-account:account_type = 'x-llm-api']", IndicatorAttribute.Account, 1)]
    public void Indicator_PatternsThatAHuntCanSee_BecomeTests(string pattern, IndicatorAttribute attribute, int keys)
    {
        var test = Assert.Single(Assert.Single(Assert.Single(Import(Indicator(pattern)).Indicators).Alternatives));
        Assert.Equal((attribute, keys), (test.Attribute, test.Keys.Count));
    }

    [Theory]
    [InlineData("[ipv4-addr:value ISSUBSET '10.0.0.0/8']", "wider than 4096")]
    [InlineData("[ipv6-addr:value ISSUBSET '2001:db8::/64']", "wider than 4096")]
    [InlineData("[ipv4-addr:value = 'localhost']", "no address")]
    [InlineData("[ipv4-addr:value NOT = '198.51.100.7']", "NOT")]
    [InlineData("[file:name = 'x']", "file:name")]
    [InlineData("[autonomous-system:number = 'x']", "no number")]
    [InlineData("[domain-name:value = 'a'] FOLLOWEDBY [domain-name:value = 'b']", "FOLLOWEDBY")]
    [InlineData("[domain-name:value = 'a'] REPEATS 5 TIMES", "REPEATS")]
    [InlineData("[domain-name:value LIKE '%']", "LIKE")]
    [InlineData("[nonsense", "stands where")]
    public void Indicator_PatternsThatAHuntCannotSee_AreSkippedWithTheReason(string pattern, string reason) =>
        Assert.Contains(reason, Assert.Single(Import(Indicator(pattern)).Skipped).Reason, StringComparison.Ordinal);

    [Fact]
    public void Indicator_ManyAlternatives_AreBounded()
    {
        var either = string.Join(" AND ", Enumerable.Range(0, 9).Select(i => $"(domain-name:value = 'a{i}' OR software:name = 'b{i}')"));
        Assert.Contains("256 alternatives", Assert.Single(Import(Indicator($"[{either}]")).Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Indicator_RevokedDeniedOrContested_DoesNothing()
    {
        var indicator = Indicator("[domain-name:value = 'a']");
        var revoked = Change(indicator, "modified", "2026-04-01T00:00:00.000Z");
        revoked["revoked"] = true;
        Assert.Contains("revoked", Assert.Single(Import(indicator, revoked).Skipped).Reason, StringComparison.Ordinal);
        var contested = Change(revoked, "created_by_ref", "identity--d932fcc6-e032-476c-826f-cb970a5a1ade");
        Assert.Contains("different creators", Assert.Single(Import(indicator, contested).Skipped).Reason, StringComparison.Ordinal);
        Assert.Contains("deny it", Assert.Single(Import(indicator, Sighting(1, 0)).Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Indicator_Sightings_ConfirmAndOutweighDenials()
    {
        var import = Import(Indicator("[domain-name:value = 'a']"), Sighting(1, 0), Sighting(2, 5), Sighting(3, 1));
        Assert.Equal(3, Assert.Single(import.Indicators).Sources.Count);
    }

    [Fact]
    public async Task Feedback_SightingAndRevocation_PassTheSchemasAndAreTakenIn()
    {
        var bundle = new CampaignExport(Key, new(), SampleFindings.Time).Bundle([SampleFindings.Campaign()], SampleFindings.Observables);
        var received = ReceivedBundle.Read(bundle.ToJson(), "ours");
        var feedback = new Feedback(Key, new CampaignExportOptions().Producer, TrafficLight.AmberStrict, SampleFindings.Time.AddDays(3));
        var revocation = feedback.Revocation(received, null);
        var sighting = feedback.Sighting(received.Objects.First(static item => item.Id.Type == "indicator").Id, 0);
        var objects = JsonNode.Parse(revocation.Json)!["objects"]!.AsArray();
        Assert.All(await schemas.FaultsAsync(objects), Assert.Empty);
        Assert.All(await schemas.FaultsAsync(JsonNode.Parse(sighting.ToJson())!["objects"]!.AsArray()), Assert.Empty);
        Assert.Empty(IndicatorImport.Of([received, ReceivedBundle.Read(revocation.Json, "revocation")]).Indicators);
        Assert.Contains(sighting.Objects, static item => item is Sighting { Count: 0 });
        var stranger = new Feedback(new PseudonymKey([.. new byte[31], 1]), "other", TrafficLight.AmberStrict, SampleFindings.Time);
        Assert.Throws<InvalidDataException>(() => stranger.Revocation(received, null));
    }

    private static IndicatorImport Import(params JsonObject[] objects)
    {
        var bundle = new JsonObject
        {
            ["type"] = "bundle",
            ["id"] = $"bundle--{Uuid}",
            ["objects"] = new JsonArray([.. objects.Select(static item => item.DeepClone())]),
        };
        return IndicatorImport.Of([Parse(bundle.ToJsonString())]);
    }

    private static JsonObject Indicator(string pattern) => new()
    {
        ["type"] = "indicator",
        ["spec_version"] = "2.1",
        ["id"] = $"indicator--{Uuid}",
        ["created_by_ref"] = Author,
        ["created"] = "2026-03-01T00:00:00.000Z",
        ["modified"] = "2026-03-01T00:00:00.000Z",
        ["pattern"] = pattern,
        ["pattern_type"] = "stix",
        ["valid_from"] = "2026-03-01T00:00:00Z",
    };

    private static JsonObject Sighting(int author, int count) => new()
    {
        ["type"] = "sighting",
        ["spec_version"] = "2.1",
        ["id"] = $"sighting--{Nth(author)}",
        ["created_by_ref"] = $"identity--{Nth(author)}",
        ["created"] = "2026-03-05T00:00:00.000Z",
        ["modified"] = "2026-03-05T00:00:00.000Z",
        ["sighting_of_ref"] = $"indicator--{Uuid}",
        ["count"] = count,
    };

    private static JsonObject Change(JsonObject item, string member, string value)
    {
        var changed = item.DeepClone().AsObject();
        changed[member] = value;
        return changed;
    }

    private static string Bundle(string objects) => $$"""{"type":"bundle","id":"bundle--{{Uuid}}","objects":[{{objects}}]}""";

    private static string Nth(int number) => $"{number:x8}-e032-476c-826f-cb970a5a1ade";

    private static ReceivedBundle Parse(string text) => ReceivedBundle.Read(Encoding.UTF8.GetBytes(text), "test");

    private static void Refused(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => Parse(text)).Message, StringComparison.Ordinal);
}
