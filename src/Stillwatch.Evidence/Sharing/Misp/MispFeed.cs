using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Reasons;
using Stillwatch.Evidence.Disclosures;
using Stillwatch.Evidence.Pseudonymization;
using Stillwatch.Evidence.Sharing.Stix.Export;
using Stillwatch.Evidence.Sharing.Stix.Objects;

namespace Stillwatch.Evidence.Sharing.Misp;

/// <summary>
/// Campaigns as a MISP feed (misp-core-format): one event a campaign, and a manifest that names them with the hash of each. What is told is
/// what <see cref="CampaignExport"/> tells of infrastructure; accounts are not in a feed at all, and no hashes.csv of unkeyed MD5 is
/// written.
/// </summary>
public sealed class MispFeed
{
    /// <summary>"Your organisation only", which fits AMBER+STRICT and RED; a wider marking still travels by tag.</summary>
    private const string OrganisationOnly = "0";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly PseudonymKey _key;
    private readonly CampaignExportOptions _options;
    private readonly DateTimeOffset _time;

    /// <param name="key">Gives events and attributes ids that stay the same.</param>
    /// <param name="options">Marking, producer and the threshold; nothing of customers is told whatever they say.</param>
    /// <param name="time">When the events are made: the end of the log that the findings are of.</param>
    public MispFeed(PseudonymKey key, CampaignExportOptions options, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(options);
        (_key, _options, _time) = (key, options, time);
    }

    /// <summary>The files of the feed by name: the events, and <c>manifest.json</c> last.</summary>
    /// <exception cref="InvalidDataException">An observable is none.</exception>
    public IReadOnlyList<(string Name, byte[] Content)> Files(
        IReadOnlyList<CampaignFinding> campaigns, IReadOnlyList<CampaignObservable> observables)
    {
        ArgumentNullException.ThrowIfNull(campaigns);
        var byCampaign = observables.Where(seen => seen.Accounts >= _options.MinimumAccounts).ToLookup(static seen => seen.Campaign);
        var files = new List<(string Name, byte[] Content)>();
        var manifest = new JsonObject();
        foreach (var campaign in campaigns)
        {
            var head = Head(campaign);
            var uuid = _key.Uuid("misp-event", campaign.Id.Value).ToString("D");
            var content = Bytes(new JsonObject { ["Event"] = Event(uuid, head, campaign, byCampaign[campaign.Id.Value]) });
            head["integrity:sha256"] = Convert.ToHexStringLower(SHA256.HashData(content));
            manifest[uuid] = head;
            files.Add(($"{uuid}.json", content));
        }

        return [.. files, ("manifest.json", Bytes(manifest))];
    }

    /// <summary>What is recorded before the files are given out.</summary>
    public Disclosure Disclosure(
        IReadOnlyList<(string Name, byte[] Content)> files, string recipient, string purpose, DateTimeOffset now) => new()
        {
            Kind = DisclosureKind.MispFeed,
            Recipient = recipient,
            Marking = MarkingDefinition.Of(_options.Marking).Name,
            Purpose = purpose,
            GivenAt = now,
            MinimumAccounts = _options.MinimumAccounts,
            Reveals = ["reveals:days", "reveals:kinds-of-evidence", "reveals:observables"],
            Items = [.. files.Select(static file => new DisclosedItem(file.Name, Convert.ToHexStringLower(SHA256.HashData(file.Content))))],
        };

    /// <summary>What the manifest and the event have in common.</summary>
    private JsonObject Head(CampaignFinding campaign) => new()
    {
        ["info"] = $"Model extraction {_key.Of("campaign", campaign.Id.Value)[..12]}",
        ["Orgc"] = new JsonObject
        {
            ["name"] = _options.Producer,
            ["uuid"] = _key.Uuid("identity", _options.Producer).ToString("D"),
        },
        ["date"] = (campaign.FirstSeen ?? _time).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["timestamp"] = Timestamp(),
        ["analysis"] = "2",
        ["threat_level_id"] = "2",
        ["Tag"] = new JsonArray(
        [
            Tag(MarkingDefinition.Of(_options.Marking).Name.ToLowerInvariant()),
            .. campaign.Reasons.SelectMany(static reason => ReasonCatalogue.Find(reason.Code)?.Techniques ?? [])
                .Select(static technique => technique.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(static id => Tag($"mitre-atlas:{id}")),
        ]),
    };

    private JsonObject Event(string uuid, JsonObject head, CampaignFinding campaign, IEnumerable<CampaignObservable> seen)
    {
        var item = head.DeepClone().AsObject();
        item["uuid"] = uuid;
        item["published"] = true;
        item["publish_timestamp"] = Timestamp();
        item["distribution"] = OrganisationOnly;
        var reasons = campaign.Reasons.Select(static reason => ReasonCatalogue.Find(reason.Code)?.Title ?? reason.Code);
        item["Attribute"] = new JsonArray(
        [
            Attribute(campaign, "text", "Other", string.Join("; ", reasons), forDetection: false),
            .. seen.Select(one => Attribute(campaign, one)).DistinctBy(static attribute => (string)attribute["uuid"]!),
        ]);
        return item;
    }

    private JsonObject Attribute(CampaignFinding campaign, CampaignObservable seen)
    {
        // Refuses what is none of its type, as the STIX export does.
        _ = IndicatorPatterns.Observable(seen);
        return seen.Type switch
        {
            "ipv4-addr" or "ipv6-addr" => Attribute(campaign, "ip-src", "Network activity", seen.Value, forDetection: true),
            "autonomous-system" => Attribute(campaign, "AS", "Network activity", $"AS{seen.Value}", forDetection: true),
            "domain-name" => Attribute(campaign, "domain", "Network activity", seen.Value.ToLowerInvariant(), forDetection: true),
            "software" => Attribute(campaign, "user-agent", "Network activity", seen.Value, forDetection: true),
            _ => Attribute(campaign, "text", "Other", $"match token {seen.TokenKind} {seen.Epoch} {seen.Value}", forDetection: false),
        };
    }

    private JsonObject Attribute(CampaignFinding campaign, string type, string category, string value, bool forDetection) => new()
    {
        ["uuid"] = _key.Uuid("misp-attribute", $"{campaign.Id.Value} {type} {value}").ToString("D"),
        ["type"] = type,
        ["category"] = category,
        ["value"] = value,
        ["to_ids"] = forDetection,
        ["timestamp"] = Timestamp(),
        ["distribution"] = OrganisationOnly,
    };

    private string Timestamp() => _time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static JsonObject Tag(string name) => new() { ["name"] = name };

    private static byte[] Bytes(JsonObject item) => Encoding.UTF8.GetBytes($"{item.ToJsonString(Indented)}\n");
}
