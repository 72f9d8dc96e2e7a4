using Stillwatch.Evidence.Pseudonymization;
using Stillwatch.Evidence.Sharing.Stix.Objects;

namespace Stillwatch.Evidence.Sharing.Stix.Export;

/// <summary>Makes the parts of one producer's objects that are alike for all: ids under the key, markings, author and time.</summary>
/// <param name="Key">Gives objects of one content one id that nobody else can compute.</param>
/// <param name="Author">The producer.</param>
/// <param name="Marking">The level that everything is marked with.</param>
/// <param name="Time">When the objects are made.</param>
internal sealed record ObjectFactory(PseudonymKey Key, Identity Author, TrafficLight Marking, DateTimeOffset Time)
{
    /// <summary>The references that mark an object.</summary>
    public IReadOnlyList<StixId> Markings { get; } = [MarkingDefinition.Of(Marking).Id];

    /// <summary>The producer's factory.</summary>
    /// <param name="key">The producer's key.</param>
    /// <param name="producer">The name that the producer goes by.</param>
    /// <param name="marking">The level that everything is marked with.</param>
    /// <param name="time">When the objects are made.</param>
    public static ObjectFactory For(PseudonymKey key, string producer, TrafficLight marking, DateTimeOffset time)
    {
        var epoch = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var author = new Identity
        {
            Id = new StixId("identity", key.Uuid("identity", producer)),
            Created = epoch,
            Modified = epoch,
            ObjectMarkingRefs = [MarkingDefinition.Of(marking).Id],
            Name = producer,
            IdentityClass = "organization",
        };
        return new ObjectFactory(key, author, marking, Milliseconds(time));
    }

    /// <summary>The id of an object of this time that is about something.</summary>
    public StixId Id(string type, string about) => new(type, Key.Uuid(type, $"{StixTimestamp.Format(Time)} {about}"));

    /// <summary>A link between two objects.</summary>
    public Relationship Link(StixId source, string type, StixId target) => new()
    {
        Id = Id("relationship", $"{source} {type} {target}"),
        CreatedByRef = Author.Id,
        Created = Time,
        Modified = Time,
        ObjectMarkingRefs = Markings,
        RelationshipType = type,
        SourceRef = source,
        TargetRef = target,
    };

    /// <summary>The bundle of some objects, with its author and marking in front, each object once.</summary>
    public StixBundle Bundle(IEnumerable<StixObject> objects)
    {
        List<StixObject> all = [MarkingDefinition.Of(Marking), Author, .. objects];
        var distinct = all.DistinctBy(static item => item.Id).ToList();
        return new StixBundle(Id("bundle", string.Join(' ', distinct.Select(static item => item.Id))), distinct);
    }

    private static DateTimeOffset Milliseconds(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}
