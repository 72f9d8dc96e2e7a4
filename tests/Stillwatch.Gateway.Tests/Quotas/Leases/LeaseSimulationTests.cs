using Stillwatch.Gateway.Quotas;
using Stillwatch.Gateway.Quotas.Leases;
using Stillwatch.Gateway.Quotas.Ledger;

namespace Stillwatch.Gateway.Tests.Quotas.Leases;

/// <summary>
/// Eight nodes whose clocks drift, one authority, a bad network, crashes of each: what all pass on together stays below the caps.
/// </summary>
public sealed class LeaseSimulationTests
{
    private const int Nodes = 8;
    private const long Budget = 30_000;
    private const long PerMinute = 4_000;
    private static readonly QuotaSubject Subject = new("k1", "a1", "o1", "m1", "eu", "T1");
    private static readonly QuotaLimits Limits = QuotaLimits.Create(
        new QuotaLimit("budget", QuotaMeasure.OutputTokens, Budget, null),
        new QuotaLimit("minute", QuotaMeasure.OutputTokens, PerMinute, TimeSpan.FromMinutes(1), QuotaScope.Key),
        new QuotaLimit("under way", QuotaMeasure.Concurrency, 40, null));

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 24)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Nodes_WithFaults_NeverPassOnMoreThanTheCaps(int seed)
    {
        using var run = new Run(seed, authorityCrashes: seed % 2 == 0);
        for (var step = 0; step < 3000; step++)
        {
            await run.StepAsync();
        }

        Assert.True(run.Faults > 100, $"Only {run.Faults} faults: nothing was tested.");
        Assert.True(run.PassedOn > Budget / 20, $"Only {run.PassedOn} tokens were passed on: nothing was tested.");
    }

    [Fact]
    public async Task Nodes_WithoutFaults_UseTheBudget()
    {
        using var run = new Run(7, authorityCrashes: false) { IsPerfect = true };
        for (var step = 0; step < 30_000 && run.PassedOn < Budget; step++)
        {
            await run.StepAsync();
        }

        Assert.InRange(run.PassedOn, (long)(0.95 * Budget), Budget);
    }

    private sealed class Run : IDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly ManualTime _time = new();
        private readonly Random _random;
        private readonly bool _authorityCrashes;
        private readonly SimulatedNetwork[] _networks;
        private readonly LeasedQuota[] _nodes = new LeasedQuota[Nodes];
        private readonly List<(int Node, QuotaReservation Reservation)> _open = [];
        private readonly Queue<(long At, long Tokens)> _minute = new();
        private QuotaLedger _ledger;
        private LocalQuotaAuthority _authority;

        public Run(int seed, bool authorityCrashes)
        {
            _random = new(seed);
            _authorityCrashes = authorityCrashes;
            (_ledger, _authority) = OpenAuthority();
            _networks = [.. Enumerable.Range(0, Nodes).Select(_ => new SimulatedNetwork(_random, () => _authority))];
            for (var node = 0; node < Nodes; node++)
            {
                StartNode(node);
            }
        }

        public bool IsPerfect
        {
            init => Array.ForEach(_networks, network => network.IsPerfect = value);
        }

        public long PassedOn { get; private set; }

        public int Faults { get; private set; }

        public async Task StepAsync()
        {
            var node = _random.Next(Nodes);
            switch (_random.Next(_networks[0].IsPerfect ? 14 : 20))
            {
                case <= 4:
                    var most = _random.Next(1, 120);
                    var decision = await _nodes[node].ReserveAsync(new(Subject, 0, 1, most, default), CancellationToken.None);
                    if (decision.IsGranted)
                    {
                        _open.Add((node, decision.Reservation));
                    }

                    break;
                case <= 8 when _open.Count > 0:
                    Pass(_open[_random.Next(_open.Count)].Reservation.Spend(_random.Next(1, 90)));
                    break;
                case <= 10 when _open.Count > 0:
                    var settled = _open[_random.Next(_open.Count)];
                    settled.Reservation.Settle(0, settled.Reservation.SpentOutputTokens);
                    _open.Remove(settled);
                    break;
                case 11 or 12:
                    await _nodes[node].RenewAsync(CancellationToken.None);
                    break;
                case 13:
                    _time.Advance(TimeSpan.FromMilliseconds(_random.Next(2500)));
                    await RenewInTimeAsync();
                    break;
                case 14:
                    _networks[node].IsPartitioned = !_networks[node].IsPartitioned;
                    Faults++;
                    break;
                case 15 or 16:
                    await _networks[node].DeliverLateAsync();
                    Faults++;
                    break;
                case 17 when _random.Next(10) == 0:
                    // The node is gone with all that was under way on it; another of its name starts.
                    _open.RemoveAll(open => open.Node == node);
                    StartNode(node);
                    Faults++;
                    break;
                case 18 when _authorityCrashes && _random.Next(12) == 0:
                    _ledger.Dispose();
                    (_ledger, _authority) = OpenAuthority();
                    Faults++;
                    break;
            }

            if (_random.Next(40) == 0)
            {
                _ledger.Core.Maintain();
            }
        }

        public void Dispose()
        {
            _ledger.Dispose();
            _folder.Dispose();
        }

        /// <summary>Where there are no faults, nodes keep their leases.</summary>
        private async Task RenewInTimeAsync()
        {
            for (var node = 0; _networks[0].IsPerfect && node < Nodes; node++)
            {
                Assert.True(await _nodes[node].RenewAsync(CancellationToken.None));
            }
        }

        private void StartNode(int node)
        {
            var clock = new DriftingTime(_time, 0.95 + (0.1 * node / (Nodes - 1)));
            _nodes[node] = new($"node-{node}", _networks[node], Limits, clock, new() { Duration = TimeSpan.FromSeconds(10) });
        }

        private (QuotaLedger Ledger, LocalQuotaAuthority Authority) OpenAuthority()
        {
            var core = LedgerCore.Open(_folder.Path, new() { SegmentBytes = JournalOptions.MinSegmentBytes }, _time, Guid.Empty);
            var ledger = new QuotaLedger(core, Limits, new());
            return (ledger, new(ledger, new() { Duration = TimeSpan.FromSeconds(10) }));
        }

        /// <summary>Tokens leave the house: all that ever did, and those of the last minute, stay within the caps.</summary>
        private void Pass(long tokens)
        {
            var now = _time.GetTimestamp();
            PassedOn += tokens;
            _minute.Enqueue((now, tokens));
            while (_minute.TryPeek(out var oldest) && oldest.At <= now - 60_000)
            {
                _minute.Dequeue();
            }

            Assert.InRange(PassedOn, 0, Budget);
            Assert.InRange(_minute.Sum(passed => passed.Tokens), 0, PerMinute);
        }
    }
}
