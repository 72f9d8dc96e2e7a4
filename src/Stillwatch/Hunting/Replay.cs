using Stillwatch.Campaigns;
using Stillwatch.Store;
using Stillwatch.Store.Engine;
using Stillwatch.Store.RollUps;

namespace Stillwatch.Hunting;

/// <summary>
/// Hunts again and again while a log's own time passes, knowing at each hunt only what had arrived by then: how early would each
/// campaign have been seen?
/// </summary>
/// <remarks>
/// Event time is the only clock, so a fortnight replays in minutes and always the same. What a hunt reports once stays reported: an
/// operator would have acted on it. The replay uses the store's roll-ups for itself and leaves them to be made anew.
/// </remarks>
public sealed class Replay
{
    private readonly InteractionStore _store;
    private readonly ReplayOptions _options;

    /// <param name="store">The store that holds the log.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interval is below a minute.</exception>
    public Replay(InteractionStore store, ReplayOptions options)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Every, TimeSpan.FromMinutes(1), nameof(options));
        (_store, _options) = (store, options);
    }

    /// <summary>Replays all that the store holds.</summary>
    public async Task<Findings> RunAsync(IProgress<ReplaySnapshot>? progress, CancellationToken cancellationToken)
    {
        using var turn = await _store.TakeRollUpsAsync(cancellationToken).ConfigureAwait(false);
        var rollUp = new RollUp(_store.Engine);
        var hunt = new Hunt(_store, _options.Hunt);
        var alerts = new AlertHistory();
        var state = await rollUp.BeginReplayAsync(cancellationToken).ConfigureAwait(false);
        var (fromMs, toMs) = await SpanAsync(cancellationToken).ConfigureAwait(false);
        var every = (long)_options.Every.TotalMilliseconds;
        var planned = fromMs > toMs ? 0 : (int)(((toMs - fromMs) / every) + 1);
        var last = await hunt.RunAsync(state, long.MinValue, null, cancellationToken).ConfigureAwait(false);
        var after = fromMs - 1;
        for (var number = 1; number <= planned; number++)
        {
            var through = fromMs + (number * every) - 1;
            state = await rollUp.AdvanceAsync(state, after, through, cancellationToken).ConfigureAwait(false);
            last = await hunt.RunAsync(state, through, null, cancellationToken).ConfigureAwait(false);
            alerts.Add(DateTimeOffset.FromUnixTimeMilliseconds(through + 1), last.Findings);
            progress?.Report(new ReplaySnapshot(DateTimeOffset.FromUnixTimeMilliseconds(through + 1), number, planned, alerts.Count));
            after = through;
        }

        return await FindingsAsync(alerts, last.Findings, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Findings> FindingsAsync(AlertHistory alerts, Findings last, CancellationToken cancellationToken)
    {
        var campaigns = new List<CampaignFinding>();
        foreach (var campaign in alerts.Campaigns)
        {
            campaigns.Add(await WithFiguresAsync(campaign, cancellationToken).ConfigureAwait(false));
        }

        return last with { Campaigns = campaigns, Accounts = alerts.Accounts };
    }

    /// <summary>What all accounts that the campaign ever had did, and how much of it before the alert.</summary>
    private async Task<CampaignFinding> WithFiguresAsync(CampaignFinding campaign, CancellationToken cancellationToken)
    {
        var accounts = campaign.Accounts.Select(StoreKeys.Account).Order();
        var alerted = campaign.AlertedAt!.Value.ToUnixTimeMilliseconds();
        var query = Sql.Format(
            $"SELECT count(), countIf(time < {alerted}), min(time), max(time) FROM interactions WHERE account IN ({accounts})");
        var settings = QuerySettings.None.With("max_query_size", 256L << 20);
        await using var rows = await _store.Engine.QueryAsync(query, settings, cancellationToken).ConfigureAwait(false);
        rows.Read();
        return campaign with
        {
            Interactions = (long)rows.UInt64(),
            InteractionsBeforeAlert = (long)rows.UInt64(),
            FirstSeen = DateTimeOffset.FromUnixTimeMilliseconds(rows.Int64()),
            LastSeen = DateTimeOffset.FromUnixTimeMilliseconds(rows.Int64()),
        };
    }

    private async Task<(long FromMs, long ToMs)> SpanAsync(CancellationToken cancellationToken)
    {
        var query = Sql.Of("SELECT min(time), max(time), count() FROM interactions");
        await using var rows = await _store.Engine.QueryAsync(query, null, cancellationToken).ConfigureAwait(false);
        rows.Read();
        var (from, to, count) = (rows.Int64(), rows.Int64(), rows.UInt64());
        return count == 0 ? (0, -1) : (from, to);
    }
}
