using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Gateway.Quotas;
using Stillwatch.Gateway.Quotas.Ledger;

namespace Stillwatch.Gateway.Tests.Quotas.Ledger;

/// <summary>Random sequences of everything that can happen to a ledger, each step compared with <see cref="LedgerModel"/>.</summary>
public sealed class LedgerModelTests
{
    private static readonly TimeSpan HoldTimeout = TimeSpan.FromSeconds(40);

    private static readonly QuotaLimits Limits = QuotaLimits.Create(
        new("tokens a minute", QuotaMeasure.TotalTokens, 150, TimeSpan.FromMinutes(1), QuotaScope.Key),
        new("output of a model", QuotaMeasure.OutputTokens, 180, TimeSpan.FromSeconds(20), QuotaScope.Model),
        new("input", QuotaMeasure.InputTokens, 120, TimeSpan.FromSeconds(7), QuotaScope.Account | QuotaScope.Model),
        new("requests", QuotaMeasure.Requests, 9, TimeSpan.FromSeconds(10), QuotaScope.Organisation),
        new("budget", QuotaMeasure.Money, 900, null, QuotaScope.Organisation),
        new("under way", QuotaMeasure.Concurrency, 4, null, QuotaScope.Region),
        new("trial", QuotaMeasure.TotalTokens, 90, TimeSpan.FromMinutes(5), QuotaScope.Key) { Match = new() { Tiers = ["T0"] } });

    private static readonly QuotaSubject[] Subjects =
    [
        new("k1", "a1", "o1", "m1", "eu", "T1"),
        new("k2", "a1", "o1", "m2", "eu", "T0"),
        new("k3", "a2", "o1", "m1", "us", "T1"),
        new("k4", "a3", "o2", "m2", "us", "T2"),
    ];

    private static readonly Gen<int[]> Steps = Gen.Choose(0, 1_000_000).ArrayOf(70);

    [Fact]
    public void Ledger_AnyInterleaving_SaysWhatTheModelSaysAndNeverOvershoots() => Prop.ForAll(
        Steps.ToArbitrary(),
        static steps =>
        {
            using var folder = new TemporaryFolder();
            using var run = new Run(folder.Path);
            foreach (var step in steps)
            {
                run.Do(step);
                run.Compare();
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    /// <summary>The comparison sees an overshoot: a control.</summary>
    [Fact]
    public void Model_OfALedgerThatForgets_Differs() => Assert.ThrowsAny<Exception>(() =>
    {
        using var folder = new TemporaryFolder();
        using var run = new Run(folder.Path);
        foreach (var step in Enumerable.Range(0, 70))
        {
            run.Do(step * 7919);
            run.Forget();
            run.Compare();
        }
    });

    private sealed class Run : IDisposable
    {
        private readonly ManualTime _time = new();
        private readonly string _folder;
        private readonly LedgerModel _model = new(Limits);
        private readonly List<(QuotaReservation Reservation, ModelHold Hold)> _open = [];
        private QuotaLedger _ledger;
        private long _nextSweep;

        public Run(string folder)
        {
            _folder = folder;
            _ledger = Open(folder, _time);
        }

        private long Now => _ledger.Core.Clock.Now;

        public void Do(int step)
        {
            var (kind, a, b) = (step % 12, step / 12 % 97, step / 1200 % 89);
            switch (kind)
            {
                case <= 3:
                    Reserve(Subjects[a % Subjects.Length], b % 40, a % 7, a % 7 + b);
                    break;
                case <= 5 when _open.Count > 0:
                    Spend(_open[a % _open.Count], b);
                    break;
                case 6 when _open.Count > 0:
                    Extend(_open[a % _open.Count], 1 + (a % 3), 1 + (a % 3) + (b % 30));
                    break;
                case 7 or 8 when _open.Count > 0:
                    Settle(_open[a % _open.Count], a, b);
                    break;
                case 9:
                    _time.Skew = TimeSpan.FromHours(a - 48);
                    break;
                case 10 when a % 4 == 0:
                    Crash();
                    break;
                default:
                    Advance(TimeSpan.FromMilliseconds(a * b * 2));
                    break;
            }
        }

        public void Forget()
        {
            _ledger.Dispose();
            _ledger = QuotaLedger.InMemory(Limits, _time);
            _open.Clear();
        }

        public void Compare()
        {
            foreach (var subject in Subjects)
            {
                var standing = _ledger.Standing(subject).ToDictionary(standing => standing.Limit, standing => standing.Remaining);
                foreach (var (limit, remaining) in standing)
                {
                    Assert.Equal((limit.Name, Math.Max(0, _model.Room(limit, subject, Now))), (limit.Name, remaining));
                    Assert.InRange(_model.TrulyUsed(limit, subject, Now), 0, limit.Cap);
                }
            }
        }

        public void Dispose() => _ledger.Dispose();

        private static QuotaLedger Open(string folder, TimeProvider time) => new(
            LedgerCore.Open(folder, new() { SegmentBytes = JournalOptions.MinSegmentBytes }, time, Guid.Empty),
            Limits,
            new() { HoldTimeout = HoldTimeout });

        private void Reserve(QuotaSubject subject, long input, long min, long max)
        {
            ExpireAsTheLedgerWill();
            var request = new QuotaRequest(subject, input, min, max, new(2_000_000, 5_500_000));
            var fit = _model.Fit(request, Now);
            var decision = _ledger.Reserve(request);
            Assert.Equal(fit, decision.IsGranted ? decision.Reservation.OutputTokens : -1);
            if (decision.IsGranted)
            {
                _open.Add((decision.Reservation, _model.Reserve(request, fit, Now)));
            }
        }

        private void Spend((QuotaReservation Reservation, ModelHold Hold) open, long tokens)
        {
            var allowed = open.Reservation.Spend(tokens);
            Assert.Equal(Math.Min(tokens, open.Hold.Output - open.Hold.Emitted), allowed);
            _model.Emit(open.Hold, allowed, Now);
            if (Now - open.Hold.PushedAt >= 1000)
            {
                open.Hold.PushedAt = Now;
                _model.Push(open.Hold, Now);
            }
        }

        private void Extend((QuotaReservation Reservation, ModelHold Hold) open, long min, long max) =>
            Assert.Equal(_model.Extend(open.Hold, min, max, Now), open.Reservation.Extend(min, max));

        private void Settle((QuotaReservation Reservation, ModelHold Hold) open, long a, long b)
        {
            var input = open.Hold.Input == 0 ? 0 : a % (open.Hold.Input + 1);
            var output = open.Hold.Emitted + (b % (open.Hold.Output - open.Hold.Emitted + 1));
            Assert.Equal(new QuotaSettlement(SettlementOutcome.Settled, 0, 0), open.Reservation.Settle(input, output));
            _model.Settle(open.Hold, input, output, Now);
            _open.Remove(open);
        }

        /// <summary>The process dies and another opens the folder: what was under way is charged in full.</summary>
        private void Crash()
        {
            _ledger.Core.Maintain();
            _ledger.Dispose();
            _ledger = Open(_folder, _time);
            _nextSweep = 0;
            foreach (var (_, hold) in _open)
            {
                _model.ChargeInFull(hold, Now);
            }

            _open.Clear();
        }

        private void Advance(TimeSpan by)
        {
            _time.Advance(by);
            _ledger.Core.Maintain();
        }

        /// <summary>The ledger looks for what is overdue when something is reserved, every 2.5 seconds at most.</summary>
        private void ExpireAsTheLedgerWill()
        {
            if (Now < _nextSweep)
            {
                return;
            }

            _nextSweep = Now + ((long)HoldTimeout.TotalMilliseconds / 16);
            foreach (var (reservation, hold) in _open.Where(open => open.Hold.Heard + (long)HoldTimeout.TotalMilliseconds <= Now).ToList())
            {
                _model.ChargeInFull(hold, Now);
                _open.Remove((reservation, hold));
            }
        }
    }
}
