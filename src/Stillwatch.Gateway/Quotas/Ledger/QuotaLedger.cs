using System.Collections.Concurrent;

namespace Stillwatch.Gateway.Quotas.Ledger;

/// <summary>Reserves before a request is forwarded and settles after it, in all its limits at once.</summary>
/// <remarks>
/// The invariant, for every count at every moment: what is held by open reservations plus what was spent within the window is at most the
/// cap that was in force when the last reservation was granted. Spending moves from held to spent and never adds. See docs/quotas.md.
/// Thread-safe.
/// </remarks>
public sealed class QuotaLedger : IQuota, IDisposable
{
    /// <summary>Subjects whose counts are remembered; past that the memory is begun anew.</summary>
    private const int MaxRemembered = 100_000;

    private readonly ConcurrentDictionary<QuotaSubject, SubjectCounts> _remembered = new();
    private readonly QuotaLedgerOptions _options;
    private readonly LedgerCore _core;
    private volatile QuotaLimits _limits;
    private long _nextSweep;
    private int _cellsAfterSweep;

    internal QuotaLedger(LedgerCore core, QuotaLimits limits, QuotaLedgerOptions options)
    {
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.HoldTimeout, TimeSpan.FromSeconds(1), nameof(options));
        _core = core;
        _limits = limits;
        _options = options;
    }

    /// <summary>The limits in force. Setting them takes effect for the next reservation; counts of unchanged limits go on.</summary>
    public QuotaLimits Limits
    {
        get => _limits;
        set => _limits = value ?? throw new ArgumentNullException(nameof(value));
    }

    internal LedgerCore Core => _core;

    /// <summary>Whether reservations may be spent: a node that borrows may only as long as its lease lasts.</summary>
    internal bool MaySpend => _options.MaySpend?.Invoke() ?? true;

    /// <summary>A ledger that forgets at the end of the process.</summary>
    public static QuotaLedger InMemory(QuotaLimits limits, TimeProvider time, QuotaLedgerOptions? options = null) =>
        new(LedgerCore.InMemory(time), limits, options ?? new());

    /// <summary>A ledger in a folder of its own. Requests that were under way when it stopped are charged in full.</summary>
    /// <param name="directory">The folder; made if there is none.</param>
    /// <param name="limits">The limits.</param>
    /// <param name="time">Clocks.</param>
    /// <param name="options">How reservations and the journal are kept.</param>
    /// <exception cref="IOException">Another process has the folder, or the disk does not do its part.</exception>
    /// <exception cref="InvalidDataException">A file of the journal is damaged; the message says which.</exception>
    public static QuotaLedger Open(string directory, QuotaLimits limits, TimeProvider time, QuotaLedgerOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        options ??= new();
        return new(LedgerCore.Open(directory, options.Journal, time), limits, options);
    }

    /// <summary>Reserves in every limit that matches, or in none.</summary>
    public QuotaDecision Reserve(in QuotaRequest request)
    {
        _remembered.TryGetValue(request.Subject, out var remembered);
        lock (_core.Gate)
        {
            var now = _core.Clock.Now;
            Sweep(now);
            if (!MaySpend)
            {
                return new(new QuotaDenial(QuotaDenialReason.AuthorityUnavailable, null, "", 0, 0, _options.UnavailableRetry));
            }

            var counts = remembered?.IsCurrent(_limits) == true ? remembered : Resolve(request.Subject);
            if (counts is null)
            {
                return new(new QuotaDenial(QuotaDenialReason.LedgerUnavailable, null, "", 0, 0, _options.UnavailableRetry));
            }

            var output = Fit(counts.Cells, request, request.MaxOutputTokens, now);
            return output >= request.MinOutputTokens
                ? Grant(request, counts.Cells, output, now)
                : new(LedgerDenial.Of(counts, request, now));
        }
    }

    /// <inheritdoc/>
    public ValueTask<QuotaDecision> ReserveAsync(QuotaRequest request, CancellationToken cancellationToken) => new(Reserve(request));

    /// <inheritdoc/>
    public IReadOnlyList<QuotaStanding> Standing(QuotaSubject subject)
    {
        lock (_core.Gate)
        {
            var now = _core.Clock.Now;
            if (Resolve(subject) is not { } counts)
            {
                return [];
            }

            var standings = new QuotaStanding[counts.Cells.Length];
            for (var i = 0; i < standings.Length; i++)
            {
                var cell = counts.Cells[i];
                standings[i] = new(counts.Matching[i], counts.Scopes[i], Math.Max(0, cell.Room(now)), cell.UntilReset(now));
            }

            return standings;
        }
    }

    /// <summary>Every count of the limits in force of which anything is held or spent, as many as asked for.</summary>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<QuotaCount> Counts(int most)
    {
        var limits = _limits.Limits;
        lock (_core.Gate)
        {
            var now = _core.Clock.Now;
            return
            [
                .. _core.State.Cells.Where(cell => !cell.IsEmpty(now))
                    .Select(cell => limits.FirstOrDefault(limit => limit.ScopeOfCount(cell.Name) is not null) is { } limit
                        ? new QuotaCount(limit, limit.ScopeOfCount(cell.Name)!, cell.Held, cell.Spent(now))
                        : null)
                    .OfType<QuotaCount>().Take(most),
            ];
        }
    }

    /// <summary>Keeps the journal until it is cancelled: brings it to the disk, folds it. A ledger in memory has none.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(_options.Journal.FlushInterval, _core.Time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                _core.Maintain();
                Fault = null;
            }
            catch (IOException fault)
            {
                Fault = fault;
            }
        }
    }

    /// <summary>Why the disk did not do its part at the last turn of <see cref="RunAsync"/>; null if it did.</summary>
    public IOException? Fault { get; private set; }

    /// <inheritdoc/>
    public void Dispose() => _core.Dispose();

    internal long Extend(QuotaReservation reservation, long min, long max)
    {
        var hold = reservation.Hold;
        lock (_core.Gate)
        {
            if (!hold.IsOpen)
            {
                return 0;
            }

            var now = _core.Clock.Now;
            var granted = reservation.OutputTokens;
            var more = Math.Min(max, QuotaRequest.MaxTokens - granted);
            Span<HoldChange> amounts = stackalloc HoldChange[hold.Cells.Length];
            for (var i = 0; i < amounts.Length; i++)
            {
                var cell = hold.Cells[i];
                more = Math.Min(more, reservation.More(cell.Measure, cell.Room(now)));
            }

            if (more < Math.Max(min, 1))
            {
                return 0;
            }

            for (var i = 0; i < amounts.Length; i++)
            {
                var rise = reservation.Rise(hold.Cells[i].Measure, more);
                amounts[i] = new(hold.Held(i) + rise, hold.Spent(i));
            }

            hold.Deadline = Deadline(now);
            return _core.Raise(hold, amounts, now) ? more : 0;
        }
    }

    internal void Push(QuotaReservation reservation, long outputTokens)
    {
        var hold = reservation.Hold;
        lock (_core.Gate)
        {
            if (!hold.IsOpen)
            {
                return;
            }

            Span<HoldChange> amounts = stackalloc HoldChange[hold.Cells.Length];
            for (var i = 0; i < amounts.Length; i++)
            {
                var measure = hold.Cells[i].Measure;
                var spent = Math.Max(hold.Spent(i), MeasuredAmount.Spent(measure, 0, outputTokens, reservation.Price));
                amounts[i] = new(hold.Held(i) - (spent - hold.Spent(i)), spent);
            }

            var now = _core.Clock.Now;
            hold.Deadline = Deadline(now);
            _core.Lower(hold, amounts, now, isClosed: false);
        }
    }

    internal bool Close(QuotaReservation reservation, long inputTokens, long outputTokens)
    {
        var hold = reservation.Hold;
        lock (_core.Gate)
        {
            if (!hold.IsOpen)
            {
                return false;
            }

            Span<HoldChange> amounts = stackalloc HoldChange[hold.Cells.Length];
            for (var i = 0; i < amounts.Length; i++)
            {
                var measure = hold.Cells[i].Measure;
                amounts[i] = new(0, Math.Max(hold.Spent(i), MeasuredAmount.Spent(measure, inputTokens, outputTokens, reservation.Price)));
            }

            _core.Lower(hold, amounts, _core.Clock.Now, isClosed: true);
            return true;
        }
    }

    /// <summary>Resolves a subject's counts; with the lock held.</summary>
    internal SubjectCounts? Resolve(in QuotaSubject subject)
    {
        var limits = _limits;
        if (_remembered.TryGetValue(subject, out var found) && found.IsCurrent(limits))
        {
            return found;
        }

        var copy = subject;
        var matching = limits.Limits.Where(limit => limit.Match.Matches(copy)).ToArray();
        var scopes = Array.ConvertAll(matching, limit => limit.ScopeOf(copy));
        var cells = new LedgerCell[matching.Length];
        for (var i = 0; i < matching.Length; i++)
        {
            if (_options.CellOf(_core, matching[i], scopes[i]) is not { } cell)
            {
                return null;
            }

            cells[i] = cell;
        }

        if (_remembered.Count >= MaxRemembered)
        {
            _remembered.Clear();
        }

        return _remembered[subject] = new(limits, matching, scopes, cells);
    }

    private static long Fit(LedgerCell[] cells, in QuotaRequest request, long most, long now)
    {
        foreach (var cell in cells)
        {
            most = Math.Min(most, MeasuredAmount.OutputWithin(cell.Measure, cell.Room(now), request.InputTokens, request.Price));
        }

        return most;
    }

    private QuotaDecision Grant(in QuotaRequest request, LedgerCell[] cells, long output, long now)
    {
        Span<HoldChange> amounts = stackalloc HoldChange[cells.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            var amount = MeasuredAmount.Of(cells[i].Measure, request.InputTokens, output, request.Price);
            amounts[i] = cells[i].Measure == QuotaMeasure.Requests ? new(0, amount) : new(amount, 0);
        }

        return _core.Open(HoldKind.Request, cells, amounts, now, Deadline(now)) is { } hold
            ? new(new QuotaReservation(this, hold, request, output))
            : new(new QuotaDenial(QuotaDenialReason.LedgerUnavailable, null, "", 0, 0, _options.UnavailableRetry));
    }

    private long Deadline(long now) => now + (long)_options.HoldTimeout.TotalMilliseconds;

    private void Sweep(long now)
    {
        if (now < _nextSweep)
        {
            return;
        }

        _nextSweep = now + Math.Max(1000, (long)_options.HoldTimeout.TotalMilliseconds / 16);
        _core.Expire(now);
        if (_core.State.Cells.Count > (2 * _cellsAfterSweep) + 1024)
        {
            _core.Forget(now);
            _cellsAfterSweep = _core.State.Cells.Count;
        }
    }
}
