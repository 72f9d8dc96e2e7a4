namespace Stillwatch.Interactions.Reading;

/// <summary>What was wrong with the input so far.</summary>
/// <param name="Rejected">Records (or what should have been records, or rests of files) that gave no interaction.</param>
/// <param name="Repaired">Members that were dropped or cut while their interaction was kept.</param>
public sealed record InputFaultsSnapshot(InputFaultTally Rejected, InputFaultTally Repaired);
