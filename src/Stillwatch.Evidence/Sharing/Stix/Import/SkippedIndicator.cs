namespace Stillwatch.Evidence.Sharing.Stix.Import;

/// <summary>An indicator that does nothing here.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Reason">Why it does nothing.</param>
public sealed record SkippedIndicator(StixId Id, string Reason);
