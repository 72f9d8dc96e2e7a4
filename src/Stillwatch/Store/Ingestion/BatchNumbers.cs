using Stillwatch.Store.Engine;

namespace Stillwatch.Store.Ingestion;

/// <summary>
/// Numbers of inserts: ascending, and never given out twice, even if the insert failed, the process was killed in it, or its rows are
/// dropped since. So whoever has seen all rows up to a number has seen them for good.
/// </summary>
/// <remarks>Numbers are taken from the store in ranges; those of a range that its taker did not use stay unused.</remarks>
internal sealed class BatchNumbers
{
    private const uint RangeLength = 64;

    private readonly ClickHouseEngine _engine;
    private uint _takenUpTo;

    private BatchNumbers(ClickHouseEngine engine, uint takenUpTo)
    {
        _engine = engine;
        Last = _takenUpTo = takenUpTo;
    }

    /// <summary>The number given out last, here or by an earlier writer.</summary>
    public uint Last { get; private set; }

    /// <summary>Reads which numbers are taken.</summary>
    public static async Task<BatchNumbers> LoadAsync(ClickHouseEngine engine, CancellationToken cancellationToken)
    {
        var query = Sql.Of("SELECT max(last) FROM batches");
        await using var rows = await engine.QueryAsync(query, null, cancellationToken).ConfigureAwait(false);
        return new(engine, rows.Read() ? rows.UInt32() : 0);
    }

    /// <summary>The next number.</summary>
    public async ValueTask<uint> NextAsync(CancellationToken cancellationToken)
    {
        if (Last == _takenUpTo)
        {
            var upTo = checked(_takenUpTo + RangeLength);
            var take = Sql.Format($"INSERT INTO batches (last) SELECT toUInt32({upTo})");
            await _engine.ExecuteAsync(take, null, cancellationToken).ConfigureAwait(false);
            _takenUpTo = upTo;
        }

        return ++Last;
    }
}
