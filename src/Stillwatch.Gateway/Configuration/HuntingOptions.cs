namespace Stillwatch.Gateway.Configuration;

/// <summary>How often what a gateway recorded is hunted through, and where.</summary>
/// <param name="Every">From the end of one hunt to the beginning of the next; 1 minute to 7 days.</param>
/// <param name="Store">The store that is hunted: where the gateway's logs are read into, or the server that it records to.</param>
/// <param name="Logs">The gateway's logs, read into the store before each hunt; null where it records to that store itself.</param>
/// <param name="Findings">The file that the latest findings are written to; null for none.</param>
/// <param name="Indicators">Bundles of others to look for.</param>
public sealed record HuntingOptions(
    TimeSpan Every, string Store, string? Logs, string? Findings, IReadOnlyList<string> Indicators);
