using Stillwatch.Benchmarks.Detection.Worlds;
using Stillwatch.Campaigns;
using Stillwatch.Hunting;
using Stillwatch.Interactions;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>The product's own hunt over a log, with its defaults, in a store that is deleted afterwards.</summary>
internal static class StillwatchHunt
{
    /// <summary>What the findings say about the accounts of a table.</summary>
    public static Task<Suspicion> DetectAsync(
        InteractionTable table, IReadOnlyList<InputFile> logs, IReadOnlyList<InputFile> registrations, CancellationToken cancellation) =>
        ScratchStore.UseAsync(
            null,
            ContentPolicy.Default,
            async store =>
            {
                await ScratchStore.FillAsync(store, logs, registrations, cancellation);
                return Of(table, (await new Hunt(store, new()).RunAsync(null, cancellation)).Findings);
            },
            cancellation);

    /// <summary>
    /// Findings as suspicion: accounts rank by verdict, of equal verdict by the p-value of their membership, and are accused where the
    /// verdict acts (restrict or block).
    /// </summary>
    public static Suspicion Of(InteractionTable table, Findings findings)
    {
        var (scores, accused) = (new double[table.Accounts.Count], new bool[table.Accounts.Count]);
        foreach (var account in findings.Accounts)
        {
            if (table.IndexOf(account.Account) is not InteractionTable.None and var index)
            {
                scores[index] = (int)account.Verdict + (0.5 * (1 - (account.PValue ?? 1)));
                accused[index] = account.Verdict >= Verdict.Restrict;
            }
        }

        var groups = findings.Campaigns.Select(campaign => campaign.Accounts.Select(table.IndexOf)
            .Where(static account => account != InteractionTable.None).ToArray());
        return new(scores, accused, [.. groups.Where(static group => group.Length > 0)]);
    }
}
