using System.Buffers;
using System.Text.Json;
using Stillwatch.Hunting;

namespace Stillwatch.Reporting;

/// <summary>The figures of a page as JSON that may stand in a script element: what the charts draw and the member tables list.</summary>
/// <remarks>
/// Every text is made harmless, and the encoder escapes &lt;, &gt;, &amp;, quotes and line separators: nothing can end the element.
/// </remarks>
internal sealed class ReportJson
{
    private readonly Utf8JsonWriter _json;
    private readonly ReportContent _content;
    private readonly ReasonTexts _reasons = new();

    private ReportJson(ReportContent content, Utf8JsonWriter json) => (_content, _json) = (content, json);

    public static ReadOnlyMemory<byte> Of(ReportContent content)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new() { Encoder = MemberListing.Encoder }))
        {
            new ReportJson(content, json).WritePage();
        }

        return bytes.WrittenMemory;
    }

    private void WritePage()
    {
        _json.WriteStartObject();
        WriteTexts("kinds", ValueKinds.All.Select(ValueKinds.Plural));
        WriteTexts("buckets", Enumerable.Range(0, _content.Timeline.Buckets).Select(_content.Timeline.Name));
        _json.WriteNumber("days_per_bucket", _content.Timeline.DaysPerBucket);
        WriteNumbers("log", _content.Timeline.Fill(_content.Report.Background).Select(day => day.Interactions));
        _json.WriteStartArray("campaigns");
        for (var i = 0; i < _content.Sections.Count; i++)
        {
            WriteCampaign(_content.Sections[i], _content.Listed[i]);
        }

        _json.WriteEndArray();
        WriteTexts("reasons", _reasons.Texts);
        _json.WriteEndObject();
    }

    private void WriteCampaign(CampaignReport campaign, CampaignMember[] listed)
    {
        var days = _content.Timeline.Fill(campaign.Picture?.Days ?? []);
        _json.WriteStartObject();
        _json.WriteString("name", campaign.Name);
        WriteNumbers("interactions", days.Select(day => day.Interactions));
        WriteNumbers("active", days.Select(day => (long)day.Accounts));
        WriteNumbers("joined", days.Select(day => (long)day.Joined));
        WriteNumbers("left", days.Select(day => (long)day.Left));
        _json.WriteStartArray("members");
        foreach (var member in listed)
        {
            WriteMember(member);
        }

        _json.WriteEndArray();
        if (campaign.Picture is { } picture)
        {
            WriteGraph(picture, listed);
        }

        _json.WriteEndObject();
    }

    /// <summary>
    /// [name, verdict, p-value, reason, interactions, registered, first seen, last seen]; times in minutes since 1970, the last four
    /// only of members that are drawn.
    /// </summary>
    private void WriteMember(CampaignMember member)
    {
        _json.WriteStartArray();
        _json.WriteStringValue(HarmlessText.Of(member.Account.Value));
        _json.WriteNumberValue((int)(member.Verdict ?? 0));
        WriteOptional(member.Finding?.PValue);
        WriteOptional(member.Finding is { Reasons.Count: > 0 } finding ? _reasons.IndexOf(finding.Reasons[0]) : null);
        if (member.Drawn is { } drawn)
        {
            _json.WriteNumberValue(drawn.Interactions);
            WriteOptional(drawn.Created is { } created ? Minutes(created) : null);
            _json.WriteNumberValue(Minutes(drawn.FirstSeen));
            _json.WriteNumberValue(Minutes(drawn.LastSeen));
        }

        _json.WriteEndArray();
    }

    /// <summary>
    /// Nodes: [place among the listed members, x, y]. Values: [kind, x, y, label, members, parties, places of its users…].
    /// </summary>
    private void WriteGraph(CampaignPicture picture, CampaignMember[] listed)
    {
        var layout = GraphLayout.Of(picture);
        var places = listed.Index().ToDictionary(pair => pair.Item.Account, pair => pair.Index);
        _json.WriteStartArray("nodes");
        foreach (var (member, position) in picture.Members.Zip(layout.Members))
        {
            if (places.TryGetValue(member.Account, out var place))
            {
                WriteNumbers(null, [place, position.X, position.Y]);
            }
        }

        _json.WriteEndArray();
        var users = picture.Edges.ToLookup(edge => edge.Value, edge => picture.Members[edge.Member].Account);
        _json.WriteStartArray("values");
        for (var i = 0; i < picture.Values.Count; i++)
        {
            WriteValue(picture.Values[i], layout.Values[i], users[i].Where(places.ContainsKey).Select(account => places[account]));
        }

        _json.WriteEndArray();
    }

    private void WriteValue(PictureValue value, (int X, int Y) position, IEnumerable<int> users)
    {
        _json.WriteStartArray();
        _json.WriteNumberValue(ValueKinds.IndexOf(value.Kind));
        _json.WriteNumberValue(position.X);
        _json.WriteNumberValue(position.Y);
        _json.WriteStringValue(HarmlessText.Of(value.Label, ReportBounds.Label));
        _json.WriteNumberValue(value.Members);
        _json.WriteNumberValue(value.Parties);
        foreach (var place in users)
        {
            _json.WriteNumberValue(place);
        }

        _json.WriteEndArray();
    }

    private void WriteTexts(string name, IEnumerable<string> texts)
    {
        _json.WriteStartArray(name);
        foreach (var text in texts)
        {
            _json.WriteStringValue(text);
        }

        _json.WriteEndArray();
    }

    private void WriteNumbers(string? name, IEnumerable<long> numbers)
    {
        if (name is not null)
        {
            _json.WritePropertyName(name);
        }

        _json.WriteStartArray();
        foreach (var number in numbers)
        {
            _json.WriteNumberValue(number);
        }

        _json.WriteEndArray();
    }

    private void WriteOptional(double? number)
    {
        if (number is { } known && double.IsFinite(known))
        {
            _json.WriteNumberValue(known);
        }
        else
        {
            _json.WriteNullValue();
        }
    }

    private static long Minutes(DateTimeOffset time) => time.ToUnixTimeSeconds() / 60;
}
