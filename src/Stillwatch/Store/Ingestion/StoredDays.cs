using Stillwatch.Store.Engine;

namespace Stillwatch.Store.Ingestion;

/// <summary>From when to when the store holds interactions, day by day (UTC): where new ones cannot be stored already.</summary>
internal sealed class StoredDays
{
    private readonly Dictionary<ushort, (long First, long Last)> _days = [];

    /// <summary>The last moment of which anything is stored; <see cref="long.MinValue"/> for an empty store.</summary>
    public long Last { get; private set; } = long.MinValue;

    /// <summary>Reads the store.</summary>
    public static async Task<StoredDays> LoadAsync(ClickHouseEngine engine, CancellationToken cancellationToken)
    {
        var days = new StoredDays();
        var query = Sql.Of("SELECT day, min(time), max(time) FROM interactions GROUP BY day");
        await using var rows = await engine.QueryAsync(query, null, cancellationToken).ConfigureAwait(false);
        while (rows.Read())
        {
            days.Add(rows.UInt16(), rows.Int64(), rows.Int64());
        }

        return days;
    }

    /// <summary>The day of a time, as the table has it.</summary>
    public static ushort DayOf(long timeMs) => (ushort)(timeMs / TimeSpan.MillisecondsPerDay);

    /// <summary>Notes that interactions from <paramref name="first"/> to <paramref name="last"/>, both of the day, are stored.</summary>
    public void Add(ushort day, long first, long last)
    {
        Last = Math.Max(Last, last);
        _days[day] = _days.TryGetValue(day, out var known) ? (Math.Min(known.First, first), Math.Max(known.Last, last)) : (first, last);
    }

    /// <summary>Notes that an interaction of this time is stored.</summary>
    public void Add(long timeMs) => Add(DayOf(timeMs), timeMs, timeMs);

    /// <summary>Whether an interaction of this time may be stored already.</summary>
    public bool MayHold(long timeMs) =>
        _days.TryGetValue(DayOf(timeMs), out var known) && timeMs >= known.First && timeMs <= known.Last;
}
