using System.Text;
using System.Text.Json.Nodes;
using Stillwatch.Campaigns.Reasons;
using Stillwatch.Evidence.Dossiers;
using Stillwatch.Evidence.Tests.Cases;
using Stillwatch.Evidence.Tests.Signing;
using Stillwatch.Evidence.Tests.TransparencyLog;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Evidence.TransparencyLog.Proofs;
using Stillwatch.Statistics;

namespace Stillwatch.Evidence.Tests.Dossiers;

public sealed class DossierTests
{
    [Fact]
    public async Task Dossier_AsMade_IsVerifiedAsFolderAndAsZip()
    {
        using var fixture = await CaseFixture.CreateAsync();
        var files = await DossierFixture.MakeAsync(fixture);
        files.WriteTo(fixture.At("folder"));
        await File.WriteAllBytesAsync(fixture.At("d.zip"), StoredZip.Write(files), TestContext.Current.CancellationToken);
        foreach (var path in new[] { "folder", "d.zip" })
        {
            var checks = await DossierFixture.VerifyAsync(DossierFiles.Read(fixture.At(path)), fixture.Key.VerifierKey);
            Assert.Equal(7, checks.Count);
            Assert.All(checks, check => Assert.Empty(check.Faults));
        }
    }

    [Fact]
    public async Task Dossier_UnderAnotherKey_IsNotVerified()
    {
        using var fixture = await CaseFixture.CreateAsync();
        var files = await DossierFixture.MakeAsync(fixture);
        using var other = TestKeys.Log(LogFiles.Origin, 9);
        Assert.False(await DossierFixture.IsAcceptedAsync(() => files, other.VerifierKey));
    }

    /// <summary>A policy that asks for a witness accepts only a dossier under the checkpoint that the witness has cosigned.</summary>
    [Fact]
    public async Task Dossier_UnderACosignedCheckpoint_SatisfiesAPolicyThatAsksForIt()
    {
        using var fixture = await CaseFixture.CreateAsync();
        var before = await DossierFixture.MakeAsync(fixture);
        using var witness = TestKeys.Witness("witness.example/w");
        var checkpoint = LogReader.Open(fixture.Log, fixture.Key.VerifierKey).Checkpoint;
        var cosignature = witness.Cosign(checkpoint.Checkpoint.ToText(), CaseFixture.Now);
        new LogAttachments(fixture.Log).Keep(checkpoint.With([cosignature]));
        var policy = TrustPolicy.Parse(Encoding.UTF8.GetBytes(
            $"log {fixture.Key.VerifierKey}\nwitness w {witness.VerifierKey}\nquorum w\n"));
        var token = TestContext.Current.CancellationToken;
        var after = await DossierFixture.ExportOf(fixture).MakeAsync(1, DossierFixture.Samples, token);
        Assert.All(await DossierVerifier.VerifyAsync(after, policy, null, token), check => Assert.Empty(check.Faults));
        Assert.Contains(await DossierVerifier.VerifyAsync(before, policy, null, token), check => !check.Holds);
    }

    [Fact]
    public async Task Folder_OneByteFlippedInAnyFile_IsCaught()
    {
        using var fixture = await CaseFixture.CreateAsync();
        var files = await DossierFixture.MakeAsync(fixture);
        files.WriteTo(fixture.At("folder"));
        Assert.True(files.Names.Count > 15);
        foreach (var name in files.Names)
        {
            var bytes = files.Get(name);
            foreach (var at in new[] { 0, bytes.Length / 3, bytes.Length / 2, bytes.Length - 1 })
            {
                var changed = (byte[])bytes.Clone();
                changed[at] ^= 1;
                await File.WriteAllBytesAsync(fixture.At("folder", name), changed, TestContext.Current.CancellationToken);
                var accepted = await DossierFixture.IsAcceptedAsync(
                    () => DossierFiles.Read(fixture.At("folder")), fixture.Key.VerifierKey);
                Assert.False(accepted, $"byte {at} of {name}");
            }

            await File.WriteAllBytesAsync(fixture.At("folder", name), bytes, TestContext.Current.CancellationToken);
        }

        Assert.True(await DossierFixture.IsAcceptedAsync(() => DossierFiles.Read(fixture.At("folder")), fixture.Key.VerifierKey));
    }

    [Fact]
    public async Task Folder_FileAddedOrTakenAway_IsCaught()
    {
        using var fixture = await CaseFixture.CreateAsync();
        var files = await DossierFixture.MakeAsync(fixture);
        files.WriteTo(fixture.At("folder"));
        await File.WriteAllTextAsync(fixture.At("folder", "more.txt"), "x", TestContext.Current.CancellationToken);
        Assert.False(await Accepted());
        File.Delete(fixture.At("folder", "more.txt"));
        Assert.True(await Accepted());
        File.Delete(fixture.At("folder", "samples.json"));
        Assert.False(await Accepted());

        Task<bool> Accepted() =>
            DossierFixture.IsAcceptedAsync(() => DossierFiles.Read(fixture.At("folder")), fixture.Key.VerifierKey);
    }

    /// <summary>Between the files too: headers, times, the directory at the end.</summary>
    [Fact]
    public async Task Zip_AnyByteFlipped_IsRefused()
    {
        using var fixture = await CaseFixture.CreateAsync();
        var zip = StoredZip.Write(await DossierFixture.MakeAsync(fixture));
        for (var at = 0; at < zip.Length; at += zip.Length - at < 4000 ? 1 : 11)
        {
            zip[at] ^= 0x10;
            Assert.Throws<InvalidDataException>(() => StoredZip.Read(zip));
            zip[at] ^= 0x10;
        }

        Assert.NotEmpty(StoredZip.Read(zip).Names);
    }

    /// <summary>Whoever has the log's key can sign anything; what does not follow from the log's entries is caught all the same.</summary>
    [Theory]
    [InlineData("narrative.html", "<html></html>")]
    [InlineData("figures.json", "{}")]
    [InlineData("findings.json", "{}")]
    [InlineData("timeline.json", "{}")]
    [InlineData("README.txt", "Trust us.")]
    [InlineData("verify.go", "package main")]
    [InlineData("entries/000000000002.json", "{}")]
    [InlineData("entries/000000000002.tlog-proof", null)]
    [InlineData("checkpoint", "x")]
    [InlineData("more.txt", "x")]
    public async Task Dossier_ForgedAndSignedAgain_IsCaught(string name, string? content)
    {
        using var fixture = await CaseFixture.CreateAsync();
        var forged = DossierFixture.Forge(await DossierFixture.MakeAsync(fixture), fixture.Key, (name, content));
        Assert.False(await DossierFixture.IsAcceptedAsync(() => forged, fixture.Key.VerifierKey));
    }

    [Fact]
    public async Task Content_ForgedWithEverythingThatFollows_IsNotWhatItsEntryNames()
    {
        using var fixture = await CaseFixture.CreateAsync();
        var files = await DossierFixture.MakeAsync(fixture);
        var name = files.Names.First(name => Encoding.UTF8.GetString(files.Get(name)).Contains("So it is.", StringComparison.Ordinal)
            && name.StartsWith("content/", StringComparison.Ordinal));
        var text = Encoding.UTF8.GetString(files.Get(name)).Replace("So it is.", "So it isn't.", StringComparison.Ordinal);
        var forged = DossierFixture.Forge(files, fixture.Key, (name, text));
        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => DossierFixture.VerifyAsync(forged, fixture.Key.VerifierKey));
        Assert.Contains("is missing: content", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Figures_AreThoseOfTheStatistics()
    {
        using var fixture = await CaseFixture.CreateAsync();
        var files = await DossierFixture.MakeAsync(fixture);
        var figures = JsonNode.Parse(files.Get("figures.json"))!;
        var interval = ClopperPearson.Interval(1, 2, 0.95);
        Assert.Equal(113, figures["groups_tested"]!.GetValue<int>());
        Assert.Equal(6.931, figures["log10_weakest_test_of_content"]!.GetValue<double>());
        Assert.Equal(6, figures["accounts"]!.GetValue<int>());
        Assert.Equal(2, figures["verdict_block"]!.GetValue<int>());
        Assert.Equal(interval.Lower, figures["asking_for_reasoning_lower_95"]!.GetValue<double>());
        Assert.Equal(interval.Upper, figures["asking_for_reasoning_upper_95"]!.GetValue<double>());
    }

    /// <summary>Findings tell of joined groups the strongest test of each kind: content is at most that.</summary>
    [Theory]
    [InlineData(6.5, true)]
    [InlineData(6.931, true)]
    [InlineData(6.932, false)]
    public async Task Figures_OfJoinedGroups_BoundContentFromAbove(double content, bool agrees)
    {
        var findings = await CaseFixture.FindingsAsync();
        var campaign = findings.Campaigns[0];
        var joined = campaign with
        {
            Log10Content = content,
            Log10EValue = content + 2.5,
            Reasons = [.. campaign.Reasons, new() { Code = ReasonCodes.JoinedGroups, Summary = "Found as 2 groups." }],
        };
        var figures = DossierFigures.Compute(findings with { Campaigns = [joined] }, new("f1", "s", 0.01, 2), null);
        Assert.Equal(agrees, figures.Faults.Count == 0);
    }

    [Theory]
    [InlineData("\"log10_content\":6.931", "\"log10_content\":6.932")]
    [InlineData("\"log10_e_value\":9.431", "\"log10_e_value\":9.434")]
    [InlineData("\"log10_level\":3.752", "\"log10_level\":3.753")]
    [InlineData("\"log10_without\":2.5", "\"log10_without\":2.6")]
    public async Task Findings_ThatContradictThemselves_AreToldSo(string figure, string other)
    {
        var token = TestContext.Current.CancellationToken;
        using var file = new MemoryStream();
        await Stillwatch.Campaigns.FindingsJson.WriteAsync(file, await CaseFixture.FindingsAsync(), token);
        var text = Encoding.UTF8.GetString(file.ToArray()).Replace("\": ", "\":", StringComparison.Ordinal);
        var changed = text.Replace(figure, other, StringComparison.Ordinal);
        Assert.NotEqual(text, changed);
        using var again = new MemoryStream(Encoding.UTF8.GetBytes(changed));
        var findings = await Stillwatch.Campaigns.FindingsJson.ReadAsync(again, "f", token);
        var one = findings with { Campaigns = [findings.Campaigns[0]] };
        Assert.NotEmpty(DossierFigures.Compute(one, new("f1", "s", 0.01, 2), null).Faults);
    }

    [Fact]
    public async Task Narrative_HoldsNoMarkupOfOthersAndNothingFromElsewhere()
    {
        using var fixture = await CaseFixture.CreateAsync();
        var page = Encoding.UTF8.GetString((await DossierFixture.MakeAsync(fixture)).Get("narrative.html"));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<b>of", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
        Assert.Contains("@page", page, StringComparison.Ordinal);
        Assert.Contains("So it is.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dossier_NamesNoAccount()
    {
        using var fixture = await CaseFixture.CreateAsync();
        var files = await DossierFixture.MakeAsync(fixture);
        foreach (var word in new[] { "alpha", "beta", "gamma one", "eps@x.org", "theta" })
        {
            Assert.All(files.Names, name => Assert.True(
                files.Get(name).AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) < 0, $"{name} says {word}"));
        }
    }

    [Fact]
    public async Task Export_OfADeletedCase_IsRefused()
    {
        using var fixture = await CaseFixture.CreateAsync();
        await DossierFixture.MakeAsync(fixture);
        fixture.Vault.Destroy(1);
        await Assert.ThrowsAsync<InvalidDataException>(() =>
            DossierFixture.ExportOf(fixture).MakeAsync(1, null, TestContext.Current.CancellationToken));
    }
}
