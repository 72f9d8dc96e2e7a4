using Stillwatch.Gateway.Quotas;
using Stillwatch.Gateway.Quotas.Ledger;

namespace Stillwatch.Gateway.Tests.Quotas.Ledger;

public sealed class LedgerJournalTests : IDisposable
{
    private static readonly QuotaSubject Subject = new("k1", "a1", "o1", "m1", "eu", "T1");
    private static readonly QuotaLimits Limits = QuotaLimits.Create(
        new QuotaLimit("minute", QuotaMeasure.TotalTokens, 1_000_000, TimeSpan.FromMinutes(1)),
        new QuotaLimit("budget", QuotaMeasure.TotalTokens, 5_000_000, null),
        new QuotaLimit("under way", QuotaMeasure.Concurrency, 10_000));

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_AfterASilentEnd_ChargesWhatWasUnderWayInFull()
    {
        using (var ledger = Open())
        {
            Reserve(ledger, 10, 40).Settle(10, 5);
            Reserve(ledger, 100, 200).Spend(7);
        }

        using var again = Open();
        Assert.Equal([999_685, 4_999_685, 10_000], Remaining(again));
    }

    [Fact]
    public void Open_ManySegments_AreFoldedAndLost_NothingIs()
    {
        var spent = 0L;
        for (var round = 0; round < 3; round++)
        {
            using var ledger = Open();
            for (var i = 0; i < 4000; i++)
            {
                Reserve(ledger, 3, i % 7).Settle(i % 4, i % 7);
                spent += (i % 4) + (i % 7);
                if (i % 50 == 0)
                {
                    ledger.Core.Maintain();
                }
            }

            Assert.Equal(5_000_000 - spent, Remaining(ledger)[1]);
        }

        using var again = Open();
        Assert.Equal(5_000_000 - spent, Remaining(again)[1]);
        Assert.InRange(Directory.GetFiles(_folder.Path).Length, 3, 5);
    }

    [Fact]
    public void Append_NoSpareIsReady_AdmitsNothingAndForgetsNothing()
    {
        using (var ledger = Open())
        {
            var granted = new List<QuotaReservation>();
            QuotaDecision decision;
            while ((decision = ledger.Reserve(new(Subject, 1, 0, 0, default))).IsGranted)
            {
                granted.Add(decision.Reservation);
            }

            Assert.Equal(QuotaDenialReason.LedgerUnavailable, decision.Denial.Reason);
            granted.ForEach(reservation => reservation.Settle(0, 0));
            Assert.Equal(5_000_000, Remaining(ledger)[1]);

            // What could not be recorded fills more than one segment.
            for (var turn = 0; turn < 4 && !decision.IsGranted; turn++)
            {
                ledger.Core.Maintain();
                decision = ledger.Reserve(new(Subject, 2, 0, 0, default));
            }

            decision.Reservation!.Settle(2, 0);
        }

        using var again = Open();
        Assert.Equal([999_998, 4_999_998, 10_000], Remaining(again));
    }

    [Fact]
    public void Open_TornLastRecord_KeepsAllBefore()
    {
        using (var ledger = Open())
        {
            Reserve(ledger, 10, 0).Settle(10, 0);
            Reserve(ledger, 20, 0).Settle(20, 0);
        }

        var (path, end) = LastByte();
        Poke(path, end, 0xFF);
        using var again = Open();

        // The settlement of the second is gone, so its reservation counts, which is the same amount.
        Assert.Equal(4_999_970, Remaining(again)[1]);
    }

    [Fact]
    public void Open_DamageBeforeAnotherSegment_IsRefused()
    {
        using (var ledger = Open())
        {
            for (var i = 0; i < 1500; i++)
            {
                Reserve(ledger, 1, 0).Settle(1, 0);
            }
        }

        var first = Directory.GetFiles(_folder.Path, "*.journal").Order(StringComparer.Ordinal).First();
        Poke(first, 2000, 0xA5);
        Assert.Contains(first, Assert.Throws<InvalidDataException>(Open).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ByTwo_IsRefused()
    {
        using var ledger = Open();
        Assert.Throws<IOException>(Open);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(-500)]
    public void Open_SameBoot_CountsByTheMonotonicClockWhateverTheWallClockSays(int skewDays)
    {
        using (var ledger = Open())
        {
            Reserve(ledger, 300, 0).Settle(300, 0);
        }

        _time.Skew = TimeSpan.FromDays(skewDays);
        _time.Advance(TimeSpan.FromSeconds(30));
        using (var again = Open())
        {
            Assert.Equal(999_700, Remaining(again)[0]);
            _time.Advance(TimeSpan.FromSeconds(33));
            Assert.Equal([1_000_000, 4_999_700, 10_000], Remaining(again));
        }
    }

    [Fact]
    public void Open_AfterAReboot_ATimeBeforeTheJournalFreesNothing()
    {
        using (var ledger = Open())
        {
            _time.Advance(TimeSpan.FromMinutes(10));
            Reserve(ledger, 300, 0).Settle(300, 0);
        }

        _time.Skew = TimeSpan.FromDays(-1);
        using var again = Open(boot: new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
        Assert.Equal(999_700, Remaining(again)[0]);
        _time.Advance(TimeSpan.FromSeconds(63));
        Assert.Equal(1_000_000, Remaining(again)[0]);
    }

    private static QuotaReservation Reserve(QuotaLedger ledger, long input, long output) =>
        ledger.Reserve(new(Subject, input, output, output, default)).Reservation!;

    private static long[] Remaining(QuotaLedger ledger) => [.. ledger.Standing(Subject).Select(standing => standing.Remaining)];

    private static void Poke(string path, long at, byte value)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = at;
        file.WriteByte(value);
    }

    private QuotaLedger Open() => Open(Guid.Empty);

    private QuotaLedger Open(Guid boot) =>
        new(LedgerCore.Open(_folder.Path, new() { SegmentBytes = JournalOptions.MinSegmentBytes }, _time, boot), Limits, new());

    private (string Path, int End) LastByte()
    {
        var path = Directory.GetFiles(_folder.Path, "*.journal").Order(StringComparer.Ordinal).First(JournalSegment.IsBegun);
        return (path, File.ReadAllBytes(path).AsSpan().LastIndexOfAnyExcept((byte)0));
    }
}
