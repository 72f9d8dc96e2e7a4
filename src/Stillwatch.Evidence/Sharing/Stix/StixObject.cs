using System.Text.Json.Serialization;
using Stillwatch.Evidence.Sharing.Stix.Objects;
using Stillwatch.Evidence.Sharing.Stix.Observables;

namespace Stillwatch.Evidence.Sharing.Stix;

/// <summary>An object of STIX 2.1 as we write it. Immutable. What is read from others is a <c>ReceivedObject</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(AttackPattern), "attack-pattern")]
[JsonDerivedType(typeof(Campaign), "campaign")]
[JsonDerivedType(typeof(CourseOfAction), "course-of-action")]
[JsonDerivedType(typeof(Identity), "identity")]
[JsonDerivedType(typeof(Indicator), "indicator")]
[JsonDerivedType(typeof(Infrastructure), "infrastructure")]
[JsonDerivedType(typeof(IntrusionSet), "intrusion-set")]
[JsonDerivedType(typeof(ObservedDataObject), "observed-data")]
[JsonDerivedType(typeof(Report), "report")]
[JsonDerivedType(typeof(Relationship), "relationship")]
[JsonDerivedType(typeof(Sighting), "sighting")]
[JsonDerivedType(typeof(ExtensionDefinition), "extension-definition")]
[JsonDerivedType(typeof(MarkingDefinition), "marking-definition")]
[JsonDerivedType(typeof(AutonomousSystem), "autonomous-system")]
[JsonDerivedType(typeof(DomainName), "domain-name")]
[JsonDerivedType(typeof(Ipv4Address), "ipv4-addr")]
[JsonDerivedType(typeof(Ipv6Address), "ipv6-addr")]
[JsonDerivedType(typeof(Software), "software")]
[JsonDerivedType(typeof(UserAccount), "user-account")]
[JsonDerivedType(typeof(MatchToken), MatchToken.TypeName)]
public abstract record StixObject
{
    /// <summary>The version of STIX.</summary>
    public string SpecVersion { get; } = "2.1";

    /// <summary>The object's name.</summary>
    public required StixId Id { get; init; }

    /// <summary>Markings that limit what may be done with it.</summary>
    public IReadOnlyList<StixId>? ObjectMarkingRefs { get; init; }

    /// <summary>What goes beyond the standard, by the id of the definition.</summary>
    public IReadOnlyDictionary<string, StixExtension>? Extensions { get; init; }
}
