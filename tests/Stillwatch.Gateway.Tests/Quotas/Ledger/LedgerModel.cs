using Stillwatch.Gateway.Quotas;

namespace Stillwatch.Gateway.Tests.Quotas.Ledger;

/// <summary>What a ledger should say, worked out anew each time from the list of everything that ever happened.</summary>
internal sealed class LedgerModel(QuotaLimits limits)
{
    private const int SlotsThatCount = 33;

    private readonly List<(long At, string Count, long Amount)> _charges = [];
    private readonly List<(long At, QuotaSubject Subject, long Input, long Output, ModelPrice Price)> _truth = [];

    public List<ModelHold> Holds { get; } = [];

    /// <summary>The most output tokens of a request that fit every limit, tried one by one; -1 if not even the fewest do.</summary>
    public long Fit(QuotaRequest request, long now)
    {
        for (var output = request.MaxOutputTokens; output >= request.MinOutputTokens; output--)
        {
            if (Matching(request.Subject).All(limit => Need(limit, request.InputTokens, output, request.Price)
                <= Room(limit, request.Subject, now)))
            {
                return output;
            }
        }

        return -1;
    }

    public long Room(QuotaLimit limit, QuotaSubject subject, long now)
    {
        var count = Count(limit, subject);
        var slot = limit.Window is { } window ? Math.Ceiling(window.TotalMilliseconds / (SlotsThatCount - 1)) : double.PositiveInfinity;
        var spent = _charges.Where(charge => charge.Count == count)
            .Where(charge => Math.Floor(now / slot) - Math.Floor(charge.At / slot) < SlotsThatCount).Sum(charge => charge.Amount);
        return limit.Cap - spent - Holds.Sum(hold => hold.Held(count));
    }

    public ModelHold Reserve(QuotaRequest request, long output, long now)
    {
        var hold = new ModelHold(request, output, now);
        foreach (var limit in Matching(request.Subject))
        {
            if (limit.Measure == QuotaMeasure.Requests)
            {
                _charges.Add((now, Count(limit, request.Subject), 1));
            }
        }

        Holds.Add(hold);
        Recount(hold);
        return hold;
    }

    public long Extend(ModelHold hold, long min, long max, long now)
    {
        for (var more = max; more >= min; more--)
        {
            if (Matching(hold.Subject).All(limit => Need(limit, hold.Input, hold.Output + more, hold.Price)
                - Need(limit, hold.Input, hold.Output, hold.Price) <= Math.Max(0, Room(limit, hold.Subject, now))))
            {
                hold.Output += more;
                hold.Heard = now;
                Recount(hold);
                return more;
            }
        }

        return 0;
    }

    /// <summary>Tokens left the house, now.</summary>
    public void Emit(ModelHold hold, long output, long now)
    {
        hold.Emitted += output;
        _truth.Add((now, hold.Subject, 0, output, hold.Price));
    }

    /// <summary>The ledger has been told of what was emitted.</summary>
    public void Push(ModelHold hold, long now)
    {
        hold.Heard = now;
        Charge(hold, 0, hold.Emitted, now);
        Recount(hold);
    }

    public void Settle(ModelHold hold, long input, long output, long now)
    {
        _truth.Add((now, hold.Subject, input, output - hold.Emitted, hold.Price));
        Charge(hold, input, output, now);
        Holds.Remove(hold);
    }

    /// <summary>Nobody will ever say what became of it: everything counts.</summary>
    public void ChargeInFull(ModelHold hold, long now) => Settle(hold, hold.Input, hold.Output, now);

    /// <summary>Whatever left the house within a window's length up to now, in units of the limit.</summary>
    public long TrulyUsed(QuotaLimit limit, QuotaSubject subject, long now)
    {
        var since = limit.Window is { } window ? now - (long)window.TotalMilliseconds : long.MinValue;
        return _truth.Where(use => use.At > since && limit.Match.Matches(use.Subject) && Count(limit, use.Subject) == Count(limit, subject))
            .Sum(use => limit.Measure switch
            {
                QuotaMeasure.InputTokens => use.Input,
                QuotaMeasure.OutputTokens => use.Output,
                QuotaMeasure.TotalTokens => use.Input + use.Output,
                _ => 0,
            });
    }

    private static string Count(QuotaLimit limit, QuotaSubject subject) => $"{limit.Name}/{limit.ScopeOf(subject)}";

    private static long Need(QuotaLimit limit, long input, long output, ModelPrice price) => limit.Measure switch
    {
        QuotaMeasure.InputTokens => input,
        QuotaMeasure.OutputTokens => output,
        QuotaMeasure.TotalTokens => input + output,
        QuotaMeasure.Money => (long)Math.Ceiling(
            (((decimal)input * price.InputPerMillion) + ((decimal)output * price.OutputPerMillion)) / 1_000_000m),
        _ => 1,
    };

    private void Charge(ModelHold hold, long input, long output, long now)
    {
        foreach (var limit in Matching(hold.Subject)
            .Where(limit => limit.Measure is not (QuotaMeasure.Requests or QuotaMeasure.Concurrency)))
        {
            var count = Count(limit, hold.Subject);
            var all = Math.Max(hold.Charged.GetValueOrDefault(count), Need(limit, input, output, hold.Price));
            _charges.Add((now, count, all - hold.Charged.GetValueOrDefault(count)));
            hold.Charged[count] = all;
        }
    }

    private void Recount(ModelHold hold)
    {
        foreach (var limit in Matching(hold.Subject).Where(limit => limit.Measure != QuotaMeasure.Requests))
        {
            hold.Needs[Count(limit, hold.Subject)] = Need(limit, hold.Input, hold.Output, hold.Price);
        }
    }

    private IEnumerable<QuotaLimit> Matching(QuotaSubject subject) => limits.Limits.Where(limit => limit.Match.Matches(subject));
}
