using System.Text.Json.Nodes;

namespace Stillwatch.Cli.Tests;

/// <summary>From a hunted log to a dossier that somebody else verifies.</summary>
public sealed class DossierVerbTests(SimulatedLog log) : IClassFixture<SimulatedLog>, IDisposable
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("stillwatch-dossier-");

    public void Dispose() => _scratch.Delete(recursive: true);

    [Fact]
    public async Task Dossier_OfAHuntedCampaign_IsVerifiedAndOneFlippedByteIsCaught()
    {
        var (status, output, errors) = await ShellAsync(
            $"""
            set -e
            $stillwatch ingest {log.Folder}/interactions.jsonl.gz --accounts {log.Folder}/accounts.jsonl.gz --store st --keep full
            $stillwatch hunt --store st --format json --out f.json
            $stillwatch log key example.com/evidence --out evidence.key > key.said
            $stillwatch log init --log evidence --key evidence.key
            """);
        Assert.True(status == 0, output + errors);
        var findings = JsonNode.Parse(await File.ReadAllTextAsync(At("f.json"), TestContext.Current.CancellationToken))!;
        var campaign = findings["campaigns"]![0]!;
        const string Where = "--log evidence --key evidence.key --cases cases --operator kim";
        (status, output, errors) = await ShellAsync(
            $"""
            set -e
            $stillwatch case open f.json {campaign["id"]} {Where}
            $stillwatch case decide 1 --verdict restrict --reason 'One operator.' {Where}
            $stillwatch case export 1 --out d.zip --recipient counsel --store st --samples 40 {Where}
            $stillwatch case export 1 --out d --recipient counsel --store st --samples 5 --with-content {Where}
            $stillwatch evidence verify d.zip --vkey evidence.key.pub
            $stillwatch evidence verify d --vkey evidence.key.pub
            """);
        Assert.True(status == 0, output + errors);
        Assert.Equal(3, output.Split("verified\n").Length);
        Assert.DoesNotContain("FAILED", output, StringComparison.Ordinal);
        var samples = JsonNode.Parse(await File.ReadAllTextAsync(At("d/samples.json"), TestContext.Current.CancellationToken))!;
        Assert.Equal(5, samples["interactions"]!.AsArray().Count);
        Assert.Equal(campaign["interactions"]!.GetValue<long>(), samples["drawn_from"]!.GetValue<long>());
        Assert.All(samples["interactions"]!.AsArray(), one => Assert.NotEmpty(one!["messages"]!.GetValue<string>()));

        (status, _, _) = await ShellAsync(
            "printf '\\377' | dd of=d.zip bs=1 seek=5000 conv=notrunc 2>&-; $stillwatch evidence verify d.zip --vkey evidence.key.pub");
        Assert.Equal(2, status);
        (status, output, errors) = await ShellAsync("printf x >> d/narrative.html; $stillwatch evidence verify d --vkey evidence.key.pub");
        Assert.Equal(1, status);
        Assert.Contains("narrative.html", errors, StringComparison.Ordinal);
        Assert.Contains("not verified", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evidence verify nothing --vkey x", "--vkey takes")]
    [InlineData("evidence verify /etc/hostname", "say whom you trust")]
    public async Task Verify_WrongArguments_AreOneSentence(string line, string sentence)
    {
        var (status, _, errors) = await ShellAsync($"touch nothing; $stillwatch {line}");
        Assert.Equal(2, status);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
    }

    private Task<(int Status, string Output, string Errors)> ShellAsync(string line) =>
        CommandLineRun.FinishShellAsync(line, _scratch.FullName);

    private string At(string name) => Path.Combine(_scratch.FullName, name);
}
