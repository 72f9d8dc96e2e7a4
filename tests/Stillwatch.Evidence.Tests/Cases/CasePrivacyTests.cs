using Stillwatch.Campaigns;
using Stillwatch.Evidence.Cases;
using Stillwatch.Evidence.Dossiers;
using Stillwatch.Evidence.Tests.Dossiers;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Evidence.TransparencyLog.Proofs;

namespace Stillwatch.Evidence.Tests.Cases;

public sealed class CasePrivacyTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Deleting content breaks nothing: the log is whole, proofs and a dossier made before still verify.</summary>
    [Fact]
    public async Task Delete_MakesContentUnreadable_AndLeavesLogProofsAndDossierValid()
    {
        using var fixture = await CaseFixture.CreateAsync();
        var dossier = await DossierFixture.MakeAsync(fixture);
        var digest = fixture.Book().Find(1).Entries[0].Content!;
        var proof = LogReader.Open(fixture.Log, fixture.Key.VerifierKey).Prove(1);
        await using (var desk = await fixture.DeskAsync())
        {
            var outcome = await desk.DeleteAsync(1, CaseFixture.Kim, "On request.", Token);
            Assert.Equal((CaseStatus.Deleted, (string?)null), (outcome.Status, outcome.Refusal));
            Assert.Contains("was deleted", (await desk.DeleteAsync(1, CaseFixture.Kim, "Again.", Token)).Refusal, StringComparison.Ordinal);
        }

        Assert.Throws<InvalidDataException>(() => fixture.Vault.Get(1, digest));
        Assert.Empty(Directory.EnumerateFiles(fixture.At("cases", "content", "1")));
        Assert.False(File.Exists(fixture.At("cases", "keys", "1.key")));
        Assert.True(LogFsck.Run(fixture.Log, fixture.Key.VerifierKey, cancellation: Token).IsWhole);
        var log = LogReader.Open(fixture.Log, fixture.Key.VerifierKey);
        var policy = TrustPolicy.Of(fixture.Key.VerifierKey);
        Assert.Equal(TlogProofVerdict.Included, proof.Verify(log.Entry(1).Span, policy));
        Assert.All(await DossierVerifier.VerifyAsync(dossier, policy, null, Token), check => Assert.Empty(check.Faults));
    }

    [Fact]
    public async Task Delete_OfOneCase_LeavesTheOthersReadable()
    {
        using var fixture = await CaseFixture.CreateAsync();
        await using var desk = await fixture.DeskAsync();
        await CaseFixture.OpenAsync(desk);
        await CaseFixture.OpenAsync(desk, "f2");
        await desk.DeleteAsync(1, CaseFixture.Kim, "On request.", Token);
        Assert.Equal(7, desk.Names(2).ByAccount.Count);
        Assert.Equal(3, (await CaseFixture.OpenAsync(desk)).Number);
    }

    /// <summary>
    /// One account is erased: its name is nowhere in what the vault can decrypt, its pseudonym cannot be made again, and everything else
    /// stands.
    /// </summary>
    [Fact]
    public async Task Erase_OfOneAccount_LeavesNobodyWhoCanNameItAndTheRestAsItWas()
    {
        using var fixture = await CaseFixture.CreateAsync();
        await DossierFixture.MakeAsync(fixture);
        var before = fixture.Book().Find(1);
        string pseudonym;
        await using (var desk = await fixture.DeskAsync())
        {
            await CaseFixture.OpenAsync(desk, "f2");
            var refused = await desk.EraseAsync(new("alpha"), CaseFixture.Kim, "On request.", Token);
            Assert.Contains("Case 2 is open", refused.Refusal, StringComparison.Ordinal);
            await desk.DecideAsync(2, CaseFixture.Kim, new(Consequence.Restrict, "One operator."), Token);
            pseudonym = desk.Pseudonyms.Find(new("alpha"))!;
            Assert.Null((await desk.EraseAsync(new("alpha"), CaseFixture.Kim, "On request.", Token)).Refusal);
            Assert.NotNull((await desk.EraseAsync(new("alpha"), CaseFixture.Kim, "On request.", Token)).Refusal);
        }

        await using var again = await fixture.DeskAsync();
        Assert.Null(again.Pseudonyms.Find(new("alpha")));
        foreach (var number in new[] { 1, 2 })
        {
            var names = again.Names(number);
            Assert.Equal([pseudonym], names.Nameless);
            Assert.False(names.ByAccount.ContainsKey("alpha"));
            Assert.True(names.ByAccount.ContainsKey("beta"));
            Assert.Contains(pseudonym, names.All);
            Assert.All(again.Book.Find(number).Entries, entry => Assert.DoesNotContain("alpha", Decrypted(entry, number)));
        }

        var access = await new SubjectAccess(again.Book, fixture.Vault, again.Pseudonyms).ExportAsync(new("alpha"), Token);
        Assert.Empty(access["cases"]!.AsArray());
        Assert.True(LogFsck.Run(fixture.Log, fixture.Key.VerifierKey, cancellation: Token).IsWhole);
        var after = await DossierFixture.ExportOf(fixture).MakeAsync(1, DossierFixture.Samples, Token);
        Assert.All(await DossierFixture.VerifyAsync(after, fixture.Key.VerifierKey), check => Assert.Empty(check.Faults));
        Assert.Equal(before.Entries.Select(entry => entry.Content), again.Book.Find(1).Entries.Select(entry => entry.Content));

        string Decrypted(CaseEntry entry, int number) => string.Concat(
            new[] { entry.Content, entry.Member("names") }.OfType<string>()
                .Select(digest => System.Text.Encoding.UTF8.GetString(fixture.Vault.Get(number, digest).Bytes.Span)));
    }

    /// <summary>A process that died between the entry and the destruction: the next one completes it.</summary>
    [Fact]
    public async Task Erase_LoggedButNotCarriedOut_IsCompletedByTheNextDesk()
    {
        using var fixture = await CaseFixture.CreateAsync();
        await DossierFixture.MakeAsync(fixture);
        var keys = await File.ReadAllBytesAsync(fixture.At("cases", "keys", "accounts.keys"), Token);
        await using (var desk = await fixture.DeskAsync())
        {
            Assert.Null((await desk.EraseAsync(new("alpha"), CaseFixture.Kim, "On request.", Token)).Refusal);
        }

        await File.WriteAllBytesAsync(fixture.At("cases", "keys", "accounts.keys"), keys, Token);
        Assert.NotNull(Pseudonyms.OpenOrCreate(fixture.Vault.PseudonymKeyPath).Find(new("alpha")));
        await using var next = await fixture.DeskAsync();
        Assert.Null(next.Pseudonyms.Find(new("alpha")));
    }

    [Fact]
    public async Task Retention_IsOfDecidedCasesOnly_FromTheLatestEntryOn()
    {
        using var fixture = await CaseFixture.CreateAsync();
        await using var desk = await fixture.DeskAsync();
        await CaseFixture.OpenAsync(desk);
        await CaseFixture.OpenAsync(desk, "f2");
        await desk.DecideAsync(1, CaseFixture.Kim, new(Consequence.Restrict, "One operator."), Token);
        var keep = TimeSpan.FromDays(30);
        Assert.Empty(CaseRetention.Due(desk.Book, CaseFixture.Now + keep - TimeSpan.FromTicks(1), keep));
        Assert.Equal(1, Assert.Single(CaseRetention.Due(desk.Book, CaseFixture.Now + keep, keep)).Number);
        await desk.AppealAsync(1, CaseFixture.Kim, "They object.", Token);
        Assert.Empty(CaseRetention.Due(desk.Book, CaseFixture.Now + keep, keep));
    }

    [Fact]
    public async Task Access_TellsOneAccountAllAboutItselfAndNothingAboutOthers()
    {
        using var fixture = await CaseFixture.CreateAsync();
        await using var desk = await fixture.DeskAsync();
        await CaseFixture.OpenAsync(desk);
        await desk.NoteAsync(1, CaseFixture.Kim, "A note about gamma one.", Token);
        await desk.DecideAsync(1, CaseFixture.Kim, new(Consequence.Restrict, "As beta did.") { Accounts = ["alpha"] }, Token);
        var access = new SubjectAccess(desk.Book, fixture.Vault, desk.Pseudonyms);
        var export = await access.ExportAsync(new("alpha"), Token);
        var one = export["cases"]![0]!;
        Assert.Equal(("alpha", "block", "decided"), (Text(export["account"]), Text(one["advised"]), Text(one["status"])));
        Assert.True(one["steps"]![1]!["about_this_account"]!.GetValue<bool>());
        Assert.Contains("As acct-", Text(one["steps"]![1]!["reason"]), StringComparison.Ordinal);
        Assert.Equal(1, one["notes"]!.GetValue<int>());
        foreach (var word in new[] { "beta", "gamma", "theta", "A note" })
        {
            Assert.DoesNotContain(word, export.ToJsonString(), StringComparison.Ordinal);
        }

        Assert.False((await access.ExportAsync(new("beta"), Token))["cases"]![0]!["steps"]![1]!["about_this_account"]!.GetValue<bool>());
        Assert.Empty((await access.ExportAsync(new("nobody"), Token))["cases"]!.AsArray());
        await desk.DeleteAsync(1, CaseFixture.Kim, "On request.", Token);
        var after = await access.ExportAsync(new("alpha"), Token);
        Assert.Empty(after["cases"]!.AsArray());
        Assert.Equal(1, after["deleted_cases"]!.GetValue<int>());
    }

    private static string Text(System.Text.Json.Nodes.JsonNode? node) => node!.GetValue<string>();
}
