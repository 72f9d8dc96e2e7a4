namespace Stillwatch.Evidence.Sharing.Stix.Objects;

/// <summary>A place outside STIX (STIX 2.1, 2.5).</summary>
/// <param name="SourceName">Whose, such as <c>mitre-atlas</c>.</param>
/// <param name="ExternalId">Its id there.</param>
/// <param name="Url">Its address.</param>
public sealed record ExternalReference(string SourceName, string ExternalId, string Url);
