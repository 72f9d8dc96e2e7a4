using Stillwatch.Gateway.Quotas.Ledger;

namespace Stillwatch.Gateway.Quotas;

/// <summary>Leave to spend, held in every limit that matched, until it is settled. Used by one request, by one thread at a time.</summary>
public sealed class QuotaReservation : IDisposable
{
    /// <summary>How often spending is told to the ledger; until then it counts as held, which is never less.</summary>
    private static readonly TimeSpan PushInterval = TimeSpan.FromSeconds(1);

    private readonly QuotaLedger _ledger;
    private long _pushedAt;
    private bool _isSettled;

    internal QuotaReservation(QuotaLedger ledger, LedgerHold hold, in QuotaRequest request, long outputTokens)
    {
        _ledger = ledger;
        Hold = hold;
        Price = request.Price;
        InputTokens = request.InputTokens;
        OutputTokens = outputTokens;
        _pushedAt = ledger.Core.Time.GetTimestamp();
    }

    /// <summary>Input tokens that are reserved.</summary>
    public long InputTokens { get; }

    /// <summary>Output tokens that are reserved, the spent ones included: what the request may be allowed upstream.</summary>
    public long OutputTokens { get; private set; }

    /// <summary>Output tokens spent so far.</summary>
    public long SpentOutputTokens { get; private set; }

    /// <summary>Output tokens that may still be passed on; 0 once the reservation has ended.</summary>
    public long RemainingOutputTokens => Hold.IsOpen && _ledger.MaySpend ? OutputTokens - SpentOutputTokens : 0;

    internal LedgerHold Hold { get; }

    internal ModelPrice Price { get; }

    /// <summary>Asks to pass tokens on, before they are passed on.</summary>
    /// <param name="outputTokens">How many.</param>
    /// <returns>How many may be: a stream of which fewer may is cut after them.</returns>
    public long Spend(long outputTokens)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(outputTokens);
        var allowed = Math.Min(outputTokens, RemainingOutputTokens);
        SpentOutputTokens += allowed;
        var time = _ledger.Core.Time;
        if (time.GetElapsedTime(_pushedAt) >= PushInterval)
        {
            _pushedAt = time.GetTimestamp();
            _ledger.Push(this, SpentOutputTokens);
        }

        return allowed;
    }

    /// <summary>Reserves more output tokens in every limit, or none.</summary>
    /// <param name="minOutputTokens">The fewest that are worth it, at least 1.</param>
    /// <param name="maxOutputTokens">The most.</param>
    /// <returns>How many more are reserved; 0 if not even the fewest fit.</returns>
    public long Extend(long minOutputTokens, long maxOutputTokens)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minOutputTokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxOutputTokens, minOutputTokens);
        var more = _ledger.MaySpend ? _ledger.Extend(this, minOutputTokens, maxOutputTokens) : 0;
        OutputTokens += more;
        return more;
    }

    /// <summary>Charges what was used and frees the rest.</summary>
    /// <param name="inputTokens">Input tokens that the upstream counted, or that were estimated if it told nothing.</param>
    /// <param name="outputTokens">Output tokens likewise; never counted as fewer than were spent.</param>
    /// <remarks>
    /// What lies beyond the reservation is charged as well, because it was spent; the settlement says how much it is, and it is 0 if the
    /// input was bounded from above and every output token was asked for.
    /// </remarks>
    public QuotaSettlement Settle(long inputTokens, long outputTokens)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inputTokens);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(inputTokens, QuotaRequest.MaxTokens);
        ArgumentOutOfRangeException.ThrowIfNegative(outputTokens);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(outputTokens, QuotaRequest.MaxTokens);
        if (_isSettled)
        {
            return new(SettlementOutcome.AlreadySettled, 0, 0);
        }

        _isSettled = true;
        var output = Math.Max(outputTokens, SpentOutputTokens);
        return _ledger.Close(this, inputTokens, output)
            ? new(SettlementOutcome.Settled, Math.Max(0, inputTokens - InputTokens), Math.Max(0, output - OutputTokens))
            : new(SettlementOutcome.Expired, 0, 0);
    }

    /// <summary>Charges all that is reserved unless it was settled: what nobody accounts for may have been spent.</summary>
    public void Dispose()
    {
        if (!_isSettled)
        {
            Settle(InputTokens, OutputTokens);
        }
    }

    /// <summary>How many more output tokens fit into so much room of a measure.</summary>
    internal long More(QuotaMeasure measure, long room) => measure switch
    {
        QuotaMeasure.OutputTokens or QuotaMeasure.TotalTokens => room,
        QuotaMeasure.Money => room < 0
            ? 0
            : Price.AffordableOutput(room + Price.Cost(InputTokens, OutputTokens), InputTokens) - OutputTokens,
        _ => long.MaxValue,
    };

    /// <summary>What so many more output tokens need of a measure.</summary>
    internal long Rise(QuotaMeasure measure, long more) => measure switch
    {
        QuotaMeasure.OutputTokens or QuotaMeasure.TotalTokens => more,
        QuotaMeasure.Money => Price.Cost(InputTokens, OutputTokens + more) - Price.Cost(InputTokens, OutputTokens),
        _ => 0,
    };
}
