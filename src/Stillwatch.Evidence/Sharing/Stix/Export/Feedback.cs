using System.Text.Json.Nodes;
using Stillwatch.Evidence.Pseudonymization;
using Stillwatch.Evidence.Sharing.Stix.Import;
using Stillwatch.Evidence.Sharing.Stix.Objects;

namespace Stillwatch.Evidence.Sharing.Stix.Export;

/// <summary>What goes back to others: that their indicators were seen, or not, and that our own are withdrawn.</summary>
public sealed class Feedback
{
    private readonly ObjectFactory _make;

    /// <param name="key">The producer's key.</param>
    /// <param name="producer">The name that the producer goes by.</param>
    /// <param name="marking">How what goes out is marked.</param>
    /// <param name="time">Now.</param>
    public Feedback(PseudonymKey key, string producer, TrafficLight marking, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(key);
        _make = ObjectFactory.For(key, producer, marking, time);
    }

    /// <summary>That an indicator was seen some times; zero says that it is wrong (STIX 2.1, 5.2).</summary>
    /// <param name="indicator">Whose indicator, by its id.</param>
    /// <param name="count">How often, 0 to 999,999,999.</param>
    public StixBundle Sighting(StixId indicator, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 999_999_999);
        return _make.Bundle(
        [
            new Sighting
            {
                Id = _make.Id("sighting", indicator.ToString()),
                CreatedByRef = _make.Author.Id,
                Created = _make.Time,
                Modified = _make.Time,
                ObjectMarkingRefs = _make.Markings,
                Count = count,
                SightingOfRef = indicator,
                WhereSightedRefs = [_make.Author.Id],
            },
        ]);
    }

    /// <summary>The last version of everything in a bundle of ours that has versions: revoked (STIX 2.1, 3.6).</summary>
    /// <param name="bundle">What was shared.</param>
    /// <param name="chosen">What to withdraw of it; null for all.</param>
    /// <returns>The bundle as JSON, and what is in it.</returns>
    /// <exception cref="InvalidDataException">It is not ours, or holds nothing to withdraw.</exception>
    public RevokedBundle Revocation(ReceivedBundle bundle, StixId? chosen)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        var ours = bundle.Objects.Where(item => item.CreatedBy == _make.Author.Id && item.Modified is not null && !item.IsRevoked
            && (chosen is null || item.Id == chosen)).ToList();
        if (ours.Count == 0)
        {
            throw new InvalidDataException(
                $"{bundle.Id} holds nothing that this producer made and could withdraw; only the creator of an object can revoke it.");
        }

        var revoked = ours.Select(Revoked).ToList();
        return RevokedBundle.Of(_make.Id("bundle", $"revocation {bundle.Id} {chosen}"), revoked);
    }

    private JsonObject Revoked(ReceivedObject item)
    {
        var json = JsonObject.Create(item.Json)!;
        json["modified"] = StixTimestamp.Format(_make.Time > item.Modified ? _make.Time : item.Modified!.Value.AddMilliseconds(1));
        json["revoked"] = true;
        return json;
    }
}
