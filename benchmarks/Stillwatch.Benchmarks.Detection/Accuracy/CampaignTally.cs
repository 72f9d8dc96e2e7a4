namespace Stillwatch.Benchmarks.Detection.Accuracy;

/// <summary>What was found of one campaign.</summary>
/// <param name="Family">Its family.</param>
/// <param name="Found">Whether at least half of its accounts are in one reported campaign.</param>
/// <param name="Accounts">Its accounts, and how many of them were acted on.</param>
/// <param name="Fragments">Reported campaigns that hold any of its accounts.</param>
internal sealed record CampaignTally(string Family, bool Found, Tally Accounts, int Fragments);
