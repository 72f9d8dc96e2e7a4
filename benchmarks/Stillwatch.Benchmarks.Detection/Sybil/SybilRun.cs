using Stillwatch.Benchmarks.Detection.Metrics;

namespace Stillwatch.Benchmarks.Detection.Sybil;

/// <summary>What one detector did with one view of the ledger for one kind of label.</summary>
/// <param name="Detector">Its name in the tables.</param>
/// <param name="View">What it saw.</param>
/// <param name="Target">The kind of label.</param>
/// <param name="Accounts">Account by account.</param>
/// <param name="Campaigns">Group by group.</param>
internal sealed record SybilRun(string Detector, SybilView View, string Target, AccountMeasures Accounts, CampaignMeasures Campaigns);
