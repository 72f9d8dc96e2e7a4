namespace Stillwatch.Gateway.Quotas.Ledger;

/// <summary>One count: what is held by open reservations, and what was spent within the window.</summary>
/// <remarks>
/// The window slides in slots of 1/32 of its length. Spending is kept by slot, and a slot counts as long as any part of it lies in the
/// window: 33 slots cover every interval of the window's length, so the sum over any such interval stays below the cap exactly, at the
/// price of 1/33 of the cap (docs/decisions/0020). 33 numbers a count, made when something is first spent. Not thread-safe.
/// </remarks>
internal sealed class LedgerCell
{
    private const int Slots = 32;

    private readonly long _slotLength;
    private long[]? _ring;
    private long _slot;
    private long _spent;

    public LedgerCell(int id, string name, QuotaMeasure measure, long windowMilliseconds)
    {
        Id = id;
        Name = name;
        Measure = measure;
        WindowMilliseconds = windowMilliseconds;
        _slotLength = (windowMilliseconds + Slots - 1) / Slots;
    }

    /// <summary>Its number in the journal.</summary>
    public int Id { get; }

    /// <summary>Its durable name (<see cref="QuotaLimit.CountName"/>).</summary>
    public string Name { get; }

    public QuotaMeasure Measure { get; }

    /// <summary>0 if what is spent never comes back.</summary>
    public long WindowMilliseconds { get; }

    /// <summary>What held and spent together may reach. Not part of the durable state: limits are configuration.</summary>
    public long Cap { get; set; }

    public long Held { get; private set; }

    /// <summary>Whether the ledger has forgotten it; who still points to it looks it up anew.</summary>
    public bool IsRetired { get; set; }

    /// <summary>Whether it is as new at this time.</summary>
    public bool IsEmpty(long now) => Held == 0 && Spent(now) == 0;

    public long Spent(long now)
    {
        Advance(now);
        return _spent;
    }

    public long Room(long now) => Cap - Held - Spent(now);

    public void Change(long now, long held, long spent)
    {
        Held += held;
        if (spent != 0)
        {
            Advance(now);
            _spent += spent;
            if (_slotLength > 0)
            {
                _ring ??= new long[Slots + 1];
                _ring[_slot % _ring.Length] += spent;
            }
        }
    }

    /// <summary>When an amount fits if nothing else is reserved; null if waiting cannot tell.</summary>
    public TimeSpan? UntilRoom(long now, long amount)
    {
        var room = Room(now);
        if (room >= amount)
        {
            return TimeSpan.Zero;
        }

        for (var i = 1; _ring is not null && i <= _ring.Length; i++)
        {
            // The slot that is oldest after i steps leaves the window then.
            room += _ring[(_slot + i) % _ring.Length];
            if (room >= amount)
            {
                return TimeSpan.FromMilliseconds(((_slot + i) * _slotLength) - now);
            }
        }

        return null;
    }

    /// <summary>Until all that is spent has left the window; null if it never does.</summary>
    public TimeSpan? UntilReset(long now)
    {
        if (Spent(now) == 0)
        {
            return TimeSpan.Zero;
        }

        return _ring is null ? null : UntilRoom(now, Cap - Held);
    }

    /// <summary>Slots that hold something, for a snapshot.</summary>
    public IEnumerable<(long Slot, long Spent)> Spending()
    {
        if (_slotLength == 0)
        {
            return _spent == 0 ? [] : [(0, _spent)];
        }

        return _ring is null ? [] : Enumerable.Range(0, _ring.Length).Select(back => _slot - back)
            .Where(slot => slot >= 0 && _ring[slot % _ring.Length] != 0).Select(slot => (slot, _ring[slot % _ring.Length]));
    }

    /// <summary>Puts back what <see cref="Spending"/> said.</summary>
    public void Restore(long slot, long spent) => Change(slot * _slotLength, 0, spent);

    private void Advance(long now)
    {
        if (_ring is null)
        {
            _slot = _slotLength > 0 ? Math.Max(_slot, now / _slotLength) : 0;
            return;
        }

        var slot = now / _slotLength;
        for (var steps = Math.Min(slot - _slot, _ring.Length); steps > 0; steps--)
        {
            _slot = slot - steps + 1;
            _spent -= _ring[_slot % _ring.Length];
            _ring[_slot % _ring.Length] = 0;
        }
    }
}
