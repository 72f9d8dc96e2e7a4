using Stillwatch.Evidence.Decisions;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Gateway.Decisions;
using Stillwatch.Gateway.Policies.Switches;

namespace Stillwatch.Gateway.Tests.Policies.Switches;

public sealed class KillSwitchesTests
{
    private static readonly SwitchScope Model = new(SwitchScopeKind.Model, "m-1");
    private static readonly SwitchTraffic Traffic = new("o-1", "m-1", "eu");
    private readonly ManualTime _time = new();
    private readonly ListLog _log = new();
    private readonly KillSwitches _switches;
    private readonly SwitchDesk _desk;

    public KillSwitchesTests()
    {
        _switches = new(_time);
        _desk = new(_log, [], _time);
        _log.Follower = _switches;
    }

    [Fact]
    public async Task On_TakesTwoPeople_AfterADryRun()
    {
        Assert.Contains("propose it first", await TakeAsync(SwitchStep.Confirmed, "ann"), StringComparison.Ordinal);
        using var live = _switches.Enter(Traffic);
        using var other = _switches.Enter(Traffic with { Model = "m-2" });
        Assert.Null(await TakeAsync(SwitchStep.Proposed, "ann"));
        using var dry = _switches.Enter(Traffic);
        Assert.Equal(2, _switches.WouldStop(Model));
        Assert.Null(live.StoppedBy ?? dry.StoppedBy);
        Assert.Contains("a second person", await TakeAsync(SwitchStep.Confirmed, "ann"), StringComparison.Ordinal);
        Assert.Null(await TakeAsync(SwitchStep.Confirmed, "ben"));
        using var late = _switches.Enter(Traffic);
        Assert.Equal([Model, Model, Model, null], new[] { live, dry, late, other }.Select(pass => pass.StoppedBy));
        Assert.Equal([Model, Model, null], new[] { live, dry, other }.Select(pass => pass.WouldBeStoppedBy));
        Assert.Equal("switch/model/m-1", _log.Entries[^1].Subject);
    }

    [Fact]
    public async Task Lifting_TakesTwoPeople_AndUntilThenItStops()
    {
        await TurnOnAsync();
        Assert.Null(await TakeAsync(SwitchStep.LiftProposed, "ben"));
        Assert.NotNull(await TakeAsync(SwitchStep.Lifted, "ben"));
        Assert.NotNull(_switches.Enter(Traffic).StoppedBy);
        Assert.Null(await TakeAsync(SwitchStep.Lifted, "ann"));
        Assert.Null(_switches.Enter(Traffic).StoppedBy);
        Assert.Empty(_switches.Active);
    }

    [Fact]
    public async Task Withdrawn_LeavesItAsItIs()
    {
        await TakeAsync(SwitchStep.Proposed, "ann");
        Assert.Null(await TakeAsync(SwitchStep.Withdrawn, "ann"));
        Assert.NotNull(await TakeAsync(SwitchStep.Confirmed, "ben"));
        await TurnOnAsync();
        await TakeAsync(SwitchStep.LiftProposed, "ann");
        Assert.Null(await TakeAsync(SwitchStep.Withdrawn, "cay"));
        Assert.NotNull(_switches.Enter(Traffic).StoppedBy);
        Assert.NotNull(await TakeAsync(SwitchStep.Lifted, "ben"));
    }

    [Fact]
    public async Task Until_ThenItIsOffByItself()
    {
        await _desk.TakeAsync(Model, SwitchStep.Proposed, "ann", "test", _time.GetUtcNow().AddHours(1), null, CancellationToken.None);
        await TakeAsync(SwitchStep.Confirmed, "ben");
        Assert.NotNull(_switches.Enter(Traffic).StoppedBy);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Null(_switches.Enter(Traffic).StoppedBy);
        Assert.Null(await TakeAsync(SwitchStep.Proposed, "ann"));
        Assert.NotNull(await TakeAsync(SwitchStep.Confirmed, "ann"));
    }

    [Theory]
    [InlineData(SwitchScopeKind.All, "")]
    [InlineData(SwitchScopeKind.Region, "eu")]
    [InlineData(SwitchScopeKind.Organisation, "o-1")]
    public async Task Scope_StopsWhatItNamesAndNothingElse(SwitchScopeKind kind, string name)
    {
        var scope = new SwitchScope(kind, name);
        Assert.Equal(scope, SwitchScope.Parse(scope.Subject));
        await TurnOnAsync(scope);
        Assert.Equal(scope, _switches.Enter(Traffic).StoppedBy);
        Assert.Equal(kind == SwitchScopeKind.All, _switches.Enter(new("o-2", "m-2", "us")).StoppedBy is not null);
    }

    [Fact]
    public async Task Log_ThatTakesNothing_ChangesNothing()
    {
        await TakeAsync(SwitchStep.Proposed, "ann");
        _log.IsBroken = true;
        await Assert.ThrowsAsync<IOException>(() => TakeAsync(SwitchStep.Confirmed, "ben"));
        Assert.Null(_switches.Enter(Traffic).StoppedBy);
        _log.IsBroken = false;
        Assert.Null(await TakeAsync(SwitchStep.Confirmed, "ben"));
    }

    [Fact]
    public async Task Confirmed_WhileThousandsEnter_StopsEveryOne()
    {
        await TakeAsync(SwitchStep.Proposed, "ann");
        using var stop = new CancellationTokenSource();
        var entering = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            List<SwitchPass> passes = [];
            while (!stop.IsCancellationRequested && passes.Count < 50_000)
            {
                passes.Add(_switches.Enter(Traffic));
            }

            return passes;
        })).ToList();
        while (_switches.UnderWay < 2000)
        {
            await Task.Yield();
        }

        Assert.Null(await TakeAsync(SwitchStep.Confirmed, "ben"));
        await stop.CancelAsync();
        var passes = (await Task.WhenAll(entering)).SelectMany(list => list).ToList();
        Assert.True(passes.Count >= 2000);
        Assert.All(passes, pass => Assert.True(pass.Stopped.IsCancellationRequested));
        passes.ForEach(pass => pass.Dispose());
        Assert.Equal(0, _switches.UnderWay);
    }

    /// <summary>
    /// Random steps, some forged into the log past the rules: the fold of the log is the live state, and never one person's work.
    /// </summary>
    [Fact]
    public async Task Fold_OfTheLog_IsTheLiveState()
    {
        var random = new Random(5);
        string[] people = ["ann", "ben", "cay"];
        SwitchScope[] scopes = [SwitchScope.All, Model, new(SwitchScopeKind.Region, "eu")];
        for (var i = 0; i < 3000; i++)
        {
            var scope = scopes[random.Next(3)];
            var until = random.Next(3) == 0 ? _time.GetUtcNow().AddMinutes(random.Next(20)) : (DateTimeOffset?)null;
            await _desk.TakeAsync(scope, (SwitchStep)random.Next(5), people[random.Next(3)], "test", until, null, CancellationToken.None);
            _time.Advance(TimeSpan.FromSeconds(random.Next(100)));
        }

        Assert.Equal(_switches.Active, Follow(_log.Entries).Active);
        Assert.Equal(_switches.Active, new SwitchDesk(_log, _log.Entries, _time).Active);
        Assert.InRange(_log.Entries.Count, 500, 2900);
        var state = new SwitchState();
        foreach (var entry in _log.Entries)
        {
            var phase = SwitchScope.Parse(entry.Subject)!.Value;
            var before = state.Find(phase).At(entry.At);
            Assert.True(state.Apply(entry));
            Assert.True(before.IsStopping || !state.Find(phase).IsStopping || before.Proposer != entry.Actor);
        }
    }

    [Fact]
    public void Fold_ForgedEntries_SayNothing()
    {
        var state = new SwitchState();
        Assert.False(state.Apply(Forge("1", SwitchStep.Confirmed, "ann")));
        Assert.True(state.Apply(Forge("2", SwitchStep.Proposed, "ann")));
        Assert.False(state.Apply(Forge("3", SwitchStep.Confirmed, "ann")));
        Assert.False(state.Apply(Forge("2", SwitchStep.Confirmed, "ben")));
        Assert.False(state.Apply(DecisionEntry.Create("4", EntryKind.PolicyChange, Model.Subject, "ben", _time.GetUtcNow(), [])));
        Assert.Equal(SwitchPhase.DryRun, state.Find(Model).Phase);
    }

    [Fact]
    public async Task TransparencyLog_KeepsTheState()
    {
        using var folder = new TemporaryFolder();
        using var key = NoteSigningKey.Parse(NoteSigningKey.Generate("test", NoteKeyType.Ed25519));
        await using (var log = LogWriter.Create(folder["log"], key))
        {
            await log.AppendAsync("no decision"u8.ToArray(), TestContext.Current.CancellationToken);
            var desk = new SwitchDesk(new TransparencySwitchLog(log), [], _time);
            await desk.TakeAsync(Model, SwitchStep.Proposed, "ann", "test", null, null, CancellationToken.None);
            await desk.TakeAsync(Model, SwitchStep.Confirmed, "ben", "test", null, 7, CancellationToken.None);
        }

        var read = DecisionEntries.Of(LogReader.Open(folder["log"], key.VerifierKey)).ToList();
        Assert.Equal(Model, Follow(read).Enter(Traffic).StoppedBy);
        Assert.Equal(7, read[^1].Body["wouldStop"]!.GetValue<long>());
    }

    private KillSwitches Follow(IEnumerable<DecisionEntry> entries)
    {
        var switches = new KillSwitches(_time);
        foreach (var entry in entries)
        {
            switches.Apply(entry);
        }

        return switches;
    }

    private async Task TurnOnAsync(SwitchScope? scope = null)
    {
        await _desk.TakeAsync(scope ?? Model, SwitchStep.Proposed, "ann", "test", null, null, CancellationToken.None);
        Assert.Null(await _desk.TakeAsync(scope ?? Model, SwitchStep.Confirmed, "ben", "test", null, null, CancellationToken.None));
    }

    private Task<string?> TakeAsync(SwitchStep step, string actor) =>
        _desk.TakeAsync(Model, step, actor, "test", null, null, CancellationToken.None);

    private DecisionEntry Forge(string id, SwitchStep step, string actor) =>
        SwitchState.Entry(id, Model, step, actor, _time.GetUtcNow(), []);

    private sealed class ListLog : ISwitchLog
    {
        public List<DecisionEntry> Entries { get; } = [];

        public KillSwitches? Follower { get; set; }

        public bool IsBroken { get; set; }

        public Task AppendAsync(DecisionEntry entry, CancellationToken cancellationToken)
        {
            if (IsBroken)
            {
                throw new IOException("The disk is full.");
            }

            Entries.Add(entry);
            Follower?.Apply(entry);
            return Task.CompletedTask;
        }
    }
}
