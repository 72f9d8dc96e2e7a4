using System.Globalization;
using Stillwatch.Store.Engine;

namespace Stillwatch.Store.Ingestion;

/// <summary>
/// Drops whole days of interactions. The intent is written before the first day goes, so that whatever is derived from interactions
/// (roll-ups) learns of it even if the process is killed in between; doing it again drops what is left.
/// </summary>
/// <remarks>Labels and registrations stay: they are small, and other days may use them.</remarks>
internal sealed class Pruning(ClickHouseEngine engine, BatchNumbers batches)
{
    private static readonly DateOnly Epoch = new(1970, 1, 1);

    /// <summary>Drops all days before one.</summary>
    public async Task<PruneSummary> RunAsync(DateOnly before, CancellationToken cancellationToken)
    {
        var day = (ushort)Math.Clamp(before.DayNumber - Epoch.DayNumber, 0, ushort.MaxValue);
        var dropped = await DaysBeforeAsync(day, cancellationToken).ConfigureAwait(false);
        if (dropped.Count > 0)
        {
            var intent = Sql.Format($"INSERT INTO prunes (before, batch) SELECT toUInt16({(int)day}), toUInt32({batches.Last})");
            await engine.ExecuteAsync(intent, null, cancellationToken).ConfigureAwait(false);
        }

        foreach (var (gone, _) in dropped)
        {
            var date = Epoch.AddDays(gone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var drop = Sql.Format($"ALTER TABLE interactions DROP PARTITION {date}");
            await engine.ExecuteAsync(drop, null, cancellationToken).ConfigureAwait(false);
        }

        return new(before, dropped.Count, dropped.Sum(static gone => gone.Interactions));
    }

    private async Task<List<(ushort Day, long Interactions)>> DaysBeforeAsync(ushort day, CancellationToken cancellationToken)
    {
        var found = new List<(ushort, long)>();
        var query = Sql.Format($"SELECT day, count() FROM interactions WHERE day < toDate(toUInt16({(int)day})) GROUP BY day ORDER BY day");
        await using var rows = await engine.QueryAsync(query, null, cancellationToken).ConfigureAwait(false);
        while (rows.Read())
        {
            found.Add((rows.UInt16(), (long)rows.UInt64()));
        }

        return found;
    }
}
