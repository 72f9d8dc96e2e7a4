using System.Text;
using Stillwatch.Evidence.Dossiers;
using Stillwatch.Evidence.Tests.Cases;
using Stillwatch.Evidence.Tests.Signing;
using Stillwatch.Evidence.Tests.TransparencyLog;
using Stillwatch.Evidence.Tests.TransparencyLog.Timestamps;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Evidence.TransparencyLog.Proofs;
using Stillwatch.Evidence.TransparencyLog.Timestamps;

namespace Stillwatch.Evidence.Tests.Dossiers;

/// <summary>A log that was stamped while the case was open, after its last step, and once more later.</summary>
public sealed class DossierTimestampTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dossier_OfAStampedLog_HoldsTheEarliestTokenOfEachEntry()
    {
        await using var authority = await OpenSslAuthority.StartAsync();
        using var fixture = await CaseFixture.CreateAsync();
        var files = await MakeAsync(fixture, authority);
        Assert.Equal(
            ["timestamps/1.checkpoint", "timestamps/1.consistency", "timestamps/1.tst",
                "timestamps/4.checkpoint", "timestamps/4.consistency", "timestamps/4.tst"],
            files.Names.Where(name => name.StartsWith("timestamps/", StringComparison.Ordinal)));
        var policy = TrustPolicy.Of(fixture.Key.VerifierKey);
        Assert.All(await DossierVerifier.VerifyAsync(files, policy, authority.Roots, Token), check => Assert.Empty(check.Faults));
        Assert.All(await DossierVerifier.VerifyAsync(files, policy, null, Token), check => Assert.Empty(check.Faults));
        Assert.Contains("checkpoint of 4 entries: those below it existed then", Text(files, "narrative.html"), StringComparison.Ordinal);
        await using var stranger = await OpenSslAuthority.StartAsync();
        var checks = await DossierVerifier.VerifyAsync(files, policy, stranger.Roots, Token);
        Assert.Equal(2, Assert.Single(checks, check => !check.Holds).Faults.Count);
    }

    /// <summary>Whoever has the log's key signs anything: what a timestamp says is checked all the same.</summary>
    [Fact]
    public async Task Timestamp_ForgedByWhoeverHasTheLogsKey_IsCaught()
    {
        await using var authority = await OpenSslAuthority.StartAsync();
        using var fixture = await CaseFixture.CreateAsync();
        var files = await MakeAsync(fixture, authority);
        var other = SignedCheckpoint.Sign(new(LogFiles.Origin, 4, default), fixture.Key);
        using var strangersKey = TestKeys.Log("example.com/another");
        var strange = SignedCheckpoint.Sign(new("example.com/another", 4, default), strangersKey);
        (string, string?)[] forgeries =
        [
            ("timestamps/4.checkpoint", Encoding.UTF8.GetString(other.ToBytes())),
            ("timestamps/4.checkpoint", Encoding.UTF8.GetString(strange.ToBytes())),
            ("timestamps/4.consistency", Text(files, "timestamps/1.consistency") + Text(files, "timestamps/1.consistency")),
            ("timestamps/4.consistency", "AAAA\n"),
            ("timestamps/4.consistency", string.Concat(Enumerable.Repeat($"{default(Stillwatch.Evidence.Merkle.MerkleHash)}\n", 65))),
            ("timestamps/4.tst", "no token"),
            ("timestamps/4.tst", null),
        ];
        foreach (var change in forgeries)
        {
            var forged = DossierFixture.Forge(files, fixture.Key, change);
            Assert.False(await DossierFixture.IsAcceptedAsync(() => forged, fixture.Key.VerifierKey), change.ToString());
        }

        Assert.True(await DossierFixture.IsAcceptedAsync(() => DossierFixture.Forge(files, fixture.Key), fixture.Key.VerifierKey));
    }

    /// <summary>The instructions of the dossier itself, with OpenSSL and Go.</summary>
    [Fact]
    public async Task Instructions_WithOpenSslAndGo_VerifyTheTimestampsAndRefuseChangedOnes()
    {
        ExternalProgram.SkipUnlessInstalled("go", "golang-go");
        Assert.SkipUnless(Directory.Exists("/usr/share/gocode/src/golang.org/x/mod"), "golang-golang-x-mod-dev is not installed.");
        await using var authority = await OpenSslAuthority.StartAsync();
        using var fixture = await CaseFixture.CreateAsync();
        var files = await MakeAsync(fixture, authority);
        files.WriteTo(fixture.At("d"));
        const string Line = "openssl ts -verify -data \"${t%.tst}.checkpoint\" -in \"$t\" -token_in -CAfile CA.pem";
        Assert.Contains(Line, Text(files, "README.txt"), StringComparison.Ordinal);
        var stamps = "set -e; for t in timestamps/*.tst; do "
            + $"{Line.Replace("CA.pem", authority.RootPath, StringComparison.Ordinal)}; done";
        var go = $"GO111MODULE=off GOPATH=/usr/share/gocode GOCACHE={fixture.At("go")} go run verify.go {fixture.Key.VerifierKey}";
        var (status, output, errors) = await RunAsync(stamps);
        Assert.True(status == 0 && output.Split("Verification: OK").Length == 3, errors);
        (status, output, errors) = await RunAsync(go);
        Assert.True(status == 0 && output.Split("continued: timestamps/").Length == 3, errors);
        var proof = fixture.At("d", "timestamps", "1.consistency");
        await File.WriteAllTextAsync(proof, await File.ReadAllTextAsync(fixture.At("d", "timestamps", "4.consistency"), Token), Token);
        Assert.NotEqual(0, (await RunAsync(go)).Status);
        await File.AppendAllTextAsync(fixture.At("d", "timestamps", "4.checkpoint"), "x", Token);
        Assert.NotEqual(0, (await RunAsync(stamps)).Status);

        Task<(int Status, string Output, string Errors)> RunAsync(string line) =>
            ExternalProgram.RunAsync("bash", ["-c", line], fixture.At("d"));
    }

    private static async Task<DossierFiles> MakeAsync(CaseFixture fixture, OpenSslAuthority authority)
    {
        using var http = new HttpClient();
        await using (var desk = await fixture.DeskAsync())
        {
            await CaseFixture.OpenAsync(desk);
        }

        await StampAsync();
        await using (var desk = await fixture.DeskAsync())
        {
            for (var number = 0; number < 3; number++)
            {
                await desk.NoteAsync(1, CaseFixture.Kim, $"Note {number}.", Token);
            }
        }

        await StampAsync();
        await using (var log = LogWriter.Open(fixture.Log, fixture.Key))
        {
            await log.AppendAsync(LogFiles.Entries(0, 3), Token);
        }

        await StampAsync();
        return await DossierFixture.ExportOf(fixture).MakeAsync(1, null, Token);

        async Task StampAsync()
        {
            var checkpoint = LogReader.Open(fixture.Log, fixture.Key.VerifierKey).Checkpoint;
            var token = await new TimestampAuthority(http, authority.Address, authority.Roots).StampAsync(checkpoint.ToBytes(), Token);
            new LogAttachments(fixture.Log).Keep(checkpoint, token);
        }
    }

    private static string Text(DossierFiles files, string name) => Encoding.UTF8.GetString(files.Get(name));
}
