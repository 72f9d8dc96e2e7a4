namespace Stillwatch.Campaigns.Reasons;

/// <summary>A sign of distillation campaigns that a provider of models named in public.</summary>
/// <param name="Id">S1 to S23.</param>
/// <param name="Description">The sign.</param>
public sealed record ProviderSignal(string Id, string Description);
