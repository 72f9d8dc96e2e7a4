namespace Stillwatch.Evidence.Sharing.Stix.Export;

/// <summary>A technique or mitigation of MITRE ATLAS in STIX.</summary>
/// <param name="Id">Its id in ATLAS, such as AML.T0024.002.</param>
/// <param name="StixId">Its id in the STIX export of ATLAS.</param>
/// <param name="Name">Its name.</param>
/// <param name="Phase">The phase of the attack; null for a mitigation.</param>
internal sealed record AtlasObject(string Id, StixId StixId, string Name, string? Phase);
