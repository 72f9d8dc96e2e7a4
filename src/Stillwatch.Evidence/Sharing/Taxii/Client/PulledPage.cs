namespace Stillwatch.Evidence.Sharing.Taxii.Client;

/// <summary>A page of somebody else's collection.</summary>
/// <param name="Objects">The objects' JSON, not looked at yet.</param>
/// <param name="Position">From where to go on once these objects are kept.</param>
public sealed record PulledPage(IReadOnlyList<byte[]> Objects, PullPosition Position);
