using System.Text.Json;

namespace Stillwatch.Evidence.Sharing.Stix.Import;

/// <summary>An object that somebody else wrote: what every object has, checked, and the rest as it came.</summary>
public sealed record ReceivedObject
{
    /// <summary>Its name; the type of the name is that of the object.</summary>
    public required StixId Id { get; init; }

    /// <summary>Who states it; null where it does not say.</summary>
    public StixId? CreatedBy { get; init; }

    /// <summary>When this version was made; null for what has no versions.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>Whether it is withdrawn.</summary>
    public bool IsRevoked { get; init; }

    /// <summary>Its markings.</summary>
    public required IReadOnlyList<StixId> Markings { get; init; }

    /// <summary>Everything, in memory of its own.</summary>
    public required JsonElement Json { get; init; }

    /// <summary>A text of it; null where it is absent or no text.</summary>
    public string? Text(string property) =>
        Json.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A time of it; null where it is absent or no time.</summary>
    public DateTimeOffset? Time(string property) => StixTimestamp.TryParse(Text(property), out var time) ? time : null;

    /// <summary>A reference of it; null where it is absent or none.</summary>
    public StixId? Reference(string property) => StixId.TryParse(Text(property), null, out var id) ? id : null;

    /// <summary>A whole number of it; null where it is absent or none.</summary>
    public long? Number(string property) =>
        Json.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number
            : null;

    /// <summary>References of it; none where it is absent or no list.</summary>
    public IEnumerable<StixId> References(string property) =>
        Json.TryGetProperty(property, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.String)
                .Select(static item => StixId.TryParse(item.GetString(), null, out var id) ? id : default)
                .Where(static id => id != default)
            : [];
}
