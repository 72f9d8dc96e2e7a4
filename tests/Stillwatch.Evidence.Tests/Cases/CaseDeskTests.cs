using System.Text;
using System.Text.Json.Nodes;
using Stillwatch.Campaigns;
using Stillwatch.Evidence.Cases;
using Stillwatch.Evidence.Decisions;
using Stillwatch.Evidence.TransparencyLog;

namespace Stillwatch.Evidence.Tests.Cases;

public sealed class CaseDeskTests
{
    private static readonly CaseDecision Restrict = new(Consequence.Restrict, "One operator.");
    private static readonly CaseDecision Block = new(Consequence.Block, "One operator, beyond doubt.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Steps_FromOpeningToAppeal_AreEntriesAndAFoldGivesTheState()
    {
        using var fixture = await CaseFixture.CreateAsync();
        await using (var desk = await fixture.DeskAsync())
        {
            await TakenAsync(CaseFixture.OpenAsync(desk), CaseStatus.Open);
            await TakenAsync(desk.NoteAsync(1, CaseFixture.Kim, "Asked beta.", Token), CaseStatus.Open);
            await TakenAsync(desk.DecideAsync(1, CaseFixture.Kim, Restrict, Token), CaseStatus.Decided);
            await TakenAsync(desk.AppealAsync(1, CaseFixture.Kim, "They say they are a school.", Token), CaseStatus.Appealed);
            await TakenAsync(desk.DecideAsync(1, CaseFixture.Lee, new(Consequence.Clear, "They are."), Token), CaseStatus.Decided);
        }

        var state = fixture.Book().Find(1);
        Assert.Equal((CaseStatus.Decided, Consequence.Clear, CaseFixture.Campaign), (state.Status, state.Verdict!.Value, state.Campaign));
        Assert.Equal(
            "opened noted decided appealed decided",
            string.Join(' ', state.Entries.Select(entry => CaseEntry.NameOf(entry.Step))));
        var campaign = new DecisionLog(fixture.Log).Read(fixture.Key.VerifierKey, cancellation: Token)
            .Find("campaign/campaign-1")!;
        Assert.Equal(("clear", true), (campaign.Verdict, campaign.IsOverridden));
    }

    [Fact]
    public async Task Block_UnderTheDefaultPolicy_IsInForceOnlyOnceASecondPersonConfirms()
    {
        using var fixture = await CaseFixture.CreateAsync();
        await using var desk = await fixture.DeskAsync();
        await CaseFixture.OpenAsync(desk);
        await TakenAsync(desk.DecideAsync(1, CaseFixture.Kim, Block, Token), CaseStatus.Proposed);
        Assert.Null(Campaign());
        await RefusedAsync(desk.ConfirmAsync(1, CaseFixture.Kim, "Sure.", Token), "confirmed by another person");
        await RefusedAsync(desk.DecideAsync(1, CaseFixture.Lee, Block, Token), "waits for a second person");
        await TakenAsync(desk.ConfirmAsync(1, CaseFixture.Lee, "I have read it.", Token), CaseStatus.Decided);
        Assert.Equal("block", Campaign()!.Verdict);
        await TakenAsync(desk.ReopenAsync(1, CaseFixture.Lee, "New facts.", Token), CaseStatus.Open);
        Assert.False(Campaign()!.IsOverridden);

        SubjectState? Campaign() => new DecisionLog(fixture.Log)
            .Read(fixture.Key.VerifierKey, cancellation: Token).Find("campaign/campaign-1");
    }

    [Fact]
    public async Task ImpossibleSteps_AreRefusedAndLeaveNoEntry()
    {
        using var fixture = await CaseFixture.CreateAsync();
        await using var desk = await fixture.DeskAsync();
        await RefusedAsync(desk.NoteAsync(1, CaseFixture.Kim, "x", Token), "There is no case 1");
        await CaseFixture.OpenAsync(desk);
        await RefusedAsync(desk.ConfirmAsync(1, CaseFixture.Lee, "x", Token), "no decision that waits");
        await RefusedAsync(desk.AppealAsync(1, CaseFixture.Lee, "x", Token), "no decision in force");
        await RefusedAsync(desk.ReopenAsync(1, CaseFixture.Lee, "x", Token), "Case 1 is open");
        await RefusedAsync(desk.DecideAsync(1, CaseActor.System, Restrict, Token), "does not let the system decide on 'restrict'");
        await desk.DecideAsync(1, CaseFixture.Kim, Restrict, Token);
        await RefusedAsync(desk.DecideAsync(1, CaseFixture.Lee, Restrict, Token), "is decided: reopen it");
        await RefusedAsync(desk.DecideAsync(1, CaseFixture.Kim, Restrict with { Reason = "Another." }, Token), "is decided: reopen it");
        await desk.AppealAsync(1, CaseFixture.Lee, "x", Token);
        await RefusedAsync(desk.DecideAsync(1, CaseFixture.Kim, Restrict, Token), "somebody who did not take part");
        await RefusedAsync(desk.ReopenAsync(1, CaseFixture.Lee, "x", Token), "under appeal: decide");
        await Assert.ThrowsAsync<InvalidDataException>(() =>
            desk.DecideAsync(1, CaseFixture.Lee, Restrict with { Accounts = ["nobody"] }, Token));
        Assert.Equal(3, fixture.Book().Find(1).Entries.Count);
    }

    [Fact]
    public async Task Step_Repeated_IsRecordedOnce()
    {
        using var fixture = await CaseFixture.CreateAsync();
        var taken = new List<CaseOutcome>();
        for (var round = 0; round < 2; round++)
        {
            await using var desk = await fixture.DeskAsync();
            taken.Add(await CaseFixture.OpenAsync(desk));
        }

        for (var round = 0; round < 2; round++)
        {
            await using var desk = await fixture.DeskAsync();
            taken.Add(await desk.NoteAsync(1, CaseFixture.Kim, "Called them.", Token));
        }

        for (var round = 0; round < 2; round++)
        {
            await using var desk = await fixture.DeskAsync();
            taken.Add(await desk.DecideAsync(1, CaseFixture.Kim, Restrict, Token));
        }

        Assert.Equal([0UL, 0UL, 1UL, 1UL, 2UL, 2UL], taken.Select(outcome => outcome.Index!.Value));
        Assert.Equal([false, true, false, true, false, true], taken.Select(outcome => outcome.WasThere));
        Assert.Equal(3, fixture.Book().Find(1).Entries.Count);
    }

    [Fact]
    public async Task Decision_AboutSomeAccounts_OverridesTheseUnderTheirPseudonyms()
    {
        using var fixture = await CaseFixture.CreateAsync();
        await using var desk = await fixture.DeskAsync();
        await CaseFixture.OpenAsync(desk);
        await desk.DecideAsync(1, CaseFixture.Kim, Restrict with { Accounts = ["alpha", "theta"] }, Token);
        var state = new DecisionLog(fixture.Log).Read(fixture.Key.VerifierKey, cancellation: Token);
        var expected = new[] { "alpha", "theta" }.Select(name => $"account/{desk.Pseudonyms.Find(new(name))}");
        Assert.All(expected, subject => Assert.Equal("restrict", state.Find(subject)!.Verdict));
        Assert.Null(state.Find("campaign/campaign-1"));
    }

    [Fact]
    public async Task Policy_Logged_DecidesWhatTheSystemMayDo()
    {
        using var fixture = await CaseFixture.CreateAsync();
        await using var desk = await fixture.DeskAsync();
        await CaseFixture.OpenAsync(desk);
        var policy = CasePolicy.Parse(
            """
            {"schema":"stillwatch.case-policy/1",
             "verdicts":{"clear":"person","review":"person","restrict":"alone","block":"person"}}
            """u8.ToArray());
        await RefusedAsync(desk.SetPolicyAsync(policy, CaseActor.System, Token), "Only a person");
        await desk.SetPolicyAsync(policy, CaseFixture.Kim, Token);
        await RefusedAsync(desk.SetPolicyAsync(policy, CaseFixture.Kim, Token), "in force already");
        Assert.Equal(policy.Digest, fixture.Book().Policy.Digest);
        await RefusedAsync(desk.DecideAsync(1, CaseActor.System, new(Consequence.Review, "x"), Token), "does not let the system");
        await TakenAsync(desk.DecideAsync(1, CaseActor.System, Restrict, Token), CaseStatus.Decided);
        Assert.Equal(policy.Digest, fixture.Book().Find(1).Decision!.Member("policy"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"schema":"stillwatch.case-policy/1","verdicts":{"review":"alone"}}""")]
    [InlineData("""{"schema":"stillwatch.case-policy/1","verdicts":{"clear":"x","review":"alone","restrict":"alone","block":"alone"}}""")]
    [InlineData("""{"schema":"stillwatch.case-policy/1","verdicts":{"ban":"alone"}}""")]
    public void Policy_ThatIsNone_IsRefused(string text) =>
        Assert.Throws<InvalidDataException>(() => CasePolicy.Parse(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public async Task Log_HoldsNeitherAccountsNorPersonsNorTexts()
    {
        using var fixture = await CaseFixture.CreateAsync();
        await using var desk = await fixture.DeskAsync();
        await CaseFixture.OpenAsync(desk);
        await desk.NoteAsync(1, CaseFixture.Kim, "Spoke to alpha on the telephone.", Token);
        await desk.DecideAsync(1, CaseFixture.Kim, Restrict with { Accounts = ["alpha"] }, Token);
        var entries = LogReader.Open(fixture.Log, fixture.Key.VerifierKey).Entries();
        Assert.All(entries, pair => Assert.All(
            ["alpha", "kim", "telephone", "operator"],
            word => Assert.DoesNotContain(word, Encoding.UTF8.GetString(pair.Entry.Span), StringComparison.Ordinal)));
        var folder = new DirectoryInfo(fixture.At("cases"));
        Assert.All(
            folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(file => !file.Name.EndsWith(".key", StringComparison.Ordinal)),
            file => Assert.True(File.ReadAllBytes(file.FullName).AsSpan().IndexOf("alpha"u8) < 0));
        Assert.All(
            folder.EnumerateFiles("*.key", SearchOption.AllDirectories),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode));
    }

    /// <summary>
    /// What the process had done when it was killed: content kept, no entry yet; and a deletion logged but not carried out.
    /// </summary>
    [Fact]
    public async Task Process_KilledAroundItsEntry_IsCompletedByTheNext()
    {
        using var fixture = await CaseFixture.CreateAsync();
        fixture.Vault.CreateKey(1);
        fixture.Vault.Put(1, CaseContent.Text("kim", "left by an attempt that died"));
        await using (var desk = await fixture.DeskAsync())
        {
            Assert.Equal(1, (await CaseFixture.OpenAsync(desk)).Number);
        }

        await using (var log = LogWriter.Open(fixture.Log, fixture.Key))
        {
            var body = new JsonObject { ["what"] = "the key" };
            var entry = DecisionEntry.Create("cases/1", EntryKind.Deletion, "case/1", "person-x", CaseFixture.Now, body);
            await log.AppendAsync(entry.Bytes, Token);
        }

        Assert.True(fixture.Vault.HasKey(1));
        await using var next = await fixture.DeskAsync();
        Assert.False(fixture.Vault.HasKey(1));
        await RefusedAsync(next.NoteAsync(1, CaseFixture.Kim, "x", Token), "was deleted");
    }

    /// <summary>Somebody with the log's key and another program appends what no rule allows: it changes nothing.</summary>
    [Fact]
    public async Task Fold_OfStepsThatNoRuleAllows_PassesThemBy()
    {
        using var fixture = await CaseFixture.CreateAsync();
        await using (var desk = await fixture.DeskAsync())
        {
            await CaseFixture.OpenAsync(desk);
        }

        await using (var log = LogWriter.Open(fixture.Log, fixture.Key))
        {
            foreach (var step in new[] { "confirmed", "appealed", "opened", "unheard" })
            {
                var entry = DecisionEntry.Create(step, EntryKind.CaseStep, "case/1", "x", CaseFixture.Now, new() { ["step"] = step });
                await log.AppendAsync(entry.Bytes, Token);
            }
        }

        var book = fixture.Book();
        Assert.Equal((CaseStatus.Open, 1, 3), (book.Find(1).Status, book.Find(1).Entries.Count, book.Refused));
    }

    private static async Task TakenAsync(Task<CaseOutcome> step, CaseStatus status)
    {
        var outcome = await step;
        Assert.Null(outcome.Refusal);
        Assert.Equal(status, outcome.Status);
    }

    private static async Task RefusedAsync(Task<CaseOutcome> step, string why)
    {
        var outcome = await step;
        Assert.Null(outcome.Index);
        Assert.Contains(why, outcome.Refusal, StringComparison.Ordinal);
    }
}
