using Stillwatch.Benchmarks.Detection.Coordination;
using Stillwatch.Benchmarks.Detection.Worlds;
using Stillwatch.Campaigns;
using Stillwatch.Evaluation;
using Stillwatch.Interactions.Reading;
using Stillwatch.Simulation;

namespace Stillwatch.Benchmarks.Detection.Evasion;

/// <summary>Lays the alerts of a replay beside what the accounts of each campaign had sent by then.</summary>
internal static class AlertReading
{
    /// <summary>The alerts of a world.</summary>
    public static async Task<AlertOutcome> OfAsync(
        string setting, ulong seed, string world, Findings findings, CancellationToken cancellation)
    {
        var truth = await WorldHunt.TruthAsync(world, cancellation);
        var report = FindingsEvaluator.Evaluate(findings, truth);
        var table = await InteractionTableReader.ReadAsync(
            WorldHunt.Files(world, SimulationWriter.InteractionsFile), [], new InputFaults(), cancellation);
        return new()
        {
            Setting = setting,
            Seed = seed,
            Alerts = [.. report.Campaigns.Select(found => Of(found, truth.Campaigns[found.Campaign], findings, table))],
            Benign = report.Acted.FalsePositiveRate.Of,
            BenignActed = report.Acted.FalsePositiveRate.Count,
        };
    }

    /// <summary>The alert of a campaign.</summary>
    public static CampaignAlert Of(
        CampaignAccuracy found, IReadOnlyList<AccountTruth> accounts, Findings findings, InteractionTable table)
    {
        var alerted = found is { Detected: true, AlertedAt: { } at } ? at.ToUnixTimeMilliseconds() : (long?)null;
        var named = findings.Campaigns.SelectMany(static campaign => campaign.Accounts).ToHashSet();
        var own = accounts.Select(account => table.IndexOf(account.Account)).ToHashSet();
        var (before, first, senders) = (0L, long.MaxValue, new HashSet<int>());
        foreach (ref readonly var row in table.Rows)
        {
            if (!own.Contains(row.Account))
            {
                continue;
            }

            first = Math.Min(first, row.ObservedAtMs);
            if (alerted is null || row.ObservedAtMs < alerted)
            {
                before++;
                senders.Add(row.Account);
            }
        }

        return new()
        {
            Campaign = found.Campaign,
            Accounts = accounts.Count,
            Detected = alerted is not null,
            Hours = alerted is null ? null : TimeSpan.FromMilliseconds(alerted.Value - first).TotalHours,
            ExchangesBefore = before,
            AccountsBefore = senders.Count,
            AccountsNamed = accounts.Count(account => named.Contains(account.Account)),
        };
    }
}
