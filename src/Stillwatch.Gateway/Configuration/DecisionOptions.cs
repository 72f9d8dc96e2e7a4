namespace Stillwatch.Gateway.Configuration;

/// <summary>The transparency log that decisions come from and go to.</summary>
/// <param name="Log">Its directory.</param>
/// <param name="Key">The file of its private key: what the gateway begins to enforce is an entry first.</param>
public sealed record DecisionOptions(string Log, string Key);
