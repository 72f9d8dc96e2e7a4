namespace Stillwatch.Campaigns.Reasons;

/// <summary>A technique of MITRE ATLAS.</summary>
/// <param name="Id">The id, such as AML.T0024.002.</param>
/// <param name="Name">The name.</param>
public sealed record AtlasTechnique(string Id, string Name);
