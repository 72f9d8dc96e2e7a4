using System.Text.Json;
using Stillwatch.Campaigns.Reasons;

namespace Stillwatch.Cli.Tests;

public sealed class ExplainVerbTests : IClassFixture<SimulatedLog>, IDisposable
{
    private const string Findings =
        """
        {"schema":"stillwatch.findings/1","interactions":9,"accounts_seen":3,
         "campaigns":[{"id":"campaign-1","accounts":["alpha","beta"],"interactions":8,"log10_e_value":9,"log10_level":4.2,
           "reasons":[{"code":"shared-payment","summary":"2 accounts \u001b[31mpay\u202e alike.","log10_e_value":5,"log10_without":4.5,
             "verdict_without":"restrict"}]},
           {"id":"both","accounts":["beta"],"interactions":1,"log10_e_value":5,"reasons":[]}],
         "accounts":[{"account":"alpha","campaign":"campaign-1","verdict":"block","score":1.02,"score_needed":0.75,
             "reasons":[{"code":"campaign-member","summary":"Uses 3 of 4.","verdict_without":"clear"}]},
           {"account":"both","verdict":"review","reasons":[]},
           {"account":"red\u001b[31m","verdict":"review","reasons":[]}]}
        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("stillwatch-explain-");
    private readonly SimulatedLog _log;

    public ExplainVerbTests(SimulatedLog log)
    {
        _log = log;
        File.WriteAllText(PathOf("f.json"), Findings);
        File.WriteAllText(PathOf("broken.json"), Findings.Replace("\"score\":1.02", "\"score\":\"high\"", StringComparison.Ordinal));
    }

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Account_AsATable_SaysWhyAndWhatStandsWithout()
    {
        var (status, output, errors) = await ShellAsync("$stillwatch explain f.json alpha");
        Assert.Equal((0, ""), (status, errors));
        Assert.StartsWith("Account alpha: block\n", output, StringComparison.Ordinal);
        Assert.Contains("still stand at 10^4.5 (10^4.2 was needed)", output, StringComparison.Ordinal);
        Assert.Contains("S6 shared payment methods", output, StringComparison.Ordinal);
        Assert.Contains("AML.T0021 Establish Accounts", output, StringComparison.Ordinal);
        Assert.DoesNotContain(output, static c => char.IsControl(c) && c != '\n');
        Assert.DoesNotContain('\u202e', output);
    }

    [Fact]
    public async Task Campaign_FromStandardInputToAFile_IsMarkdown()
    {
        var (status, output, errors) = await ShellAsync("$stillwatch explain - campaign-1 --format markdown --out c.md < f.json");
        Assert.Equal((0, "", ""), (status, output, errors));
        var markdown = await File.ReadAllTextAsync(PathOf("c.md"), TestContext.Current.CancellationToken);
        Assert.StartsWith("# campaign-1: block\n", markdown, StringComparison.Ordinal);
        Assert.Contains("- **cannot mean**: ", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain(markdown, static c => char.IsControl(c) && c != '\n');
    }

    [Theory]
    [InlineData("account", "review")]
    [InlineData("campaign", "clear")]
    public async Task Name_OfAnAccountAndACampaign_IsToldApart(string kind, string verdict)
    {
        var (status, output, errors) = await ShellAsync($"$stillwatch explain f.json both --as {kind} --format json");
        Assert.Equal((0, ""), (status, errors));
        using var json = JsonDocument.Parse(output);
        Assert.Equal(kind, json.RootElement.GetProperty("kind").GetString());
        Assert.Equal(verdict, json.RootElement.GetProperty("verdict").GetString());
    }

    [Theory]
    [InlineData("f.json", "Required argument 'ACCOUNT|CAMPAIGN' m")]
    [InlineData("f.json alpah", "f.json has no campaign 'alpah' and no account of this name with a verdict; did you mean 'alpha'?")]
    [InlineData("f.json campaign", "did you mean 'campaign-1'?")]
    [InlineData("f.json somebody-else", "f.json has no campaign 'somebody-else' and no account of this name with a verdict.")]
    [InlineData("f.json alpha --as campaign", "f.json has no campaign 'alpha'.")]
    [InlineData("f.json both", "'both' names an account and a campaign in f.json; say which with --as account or --as campaign.")]
    [InlineData("f.json red", "did you mean 'red\uFFFD[31m'?")]
    [InlineData("broken.json alpha", "broken.json, line 6, $.accounts[0].score: the value is of the wrong type or out of range")]
    [InlineData("nowhere.json alpha", "nowhere.json: there is no such file.")]
    [InlineData("f.json alpha --format xml", "Argument 'xml' not recognized.")]
    [InlineData("f.json alpha --out nowhere/x", "there is no directory")]
    public async Task Arguments_ThatCannotBeUsed_GiveOneSentenceAndStatus2(string arguments, string sentence)
    {
        var (status, output, errors) = await ShellAsync($"$stillwatch explain {arguments}");
        Assert.Equal((2, ""), (status, output));
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', errors);
    }

    /// <summary>From a log to the answer: every verdict of a real hunt has reasons of the catalogue, figures and counterfactuals.</summary>
    [Fact]
    public async Task Verdicts_OfAHunt_AreAllExplained()
    {
        var (status, output, errors) = await ShellAsync(
            $"$stillwatch hunt {_log.Folder}/interactions.jsonl.gz --accounts {_log.Folder}/accounts.jsonl.gz --format json "
            + "--out found.json && cat found.json");
        Assert.True(status == 0, errors);
        using var findings = JsonDocument.Parse(output);
        var campaign = Assert.Single(findings.RootElement.GetProperty("campaigns").EnumerateArray());
        var strength = campaign.GetProperty("log10_e_value").GetDouble();
        Assert.Equal(
            strength, campaign.GetProperty("log10_content").GetDouble() + campaign.GetProperty("log10_corroboration").GetDouble(), 0.01);
        Assert.True(campaign.GetProperty("log10_level").GetDouble() <= strength);
        var reasons = campaign.GetProperty("reasons").EnumerateArray().ToList();
        Assert.All(reasons, static reason => Assert.NotNull(ReasonCatalogue.Find(reason.GetProperty("code").GetString()!)));
        Assert.All(
            reasons.Where(static reason => reason.TryGetProperty("log10_e_value", out _)),
            reason => Assert.InRange(reason.GetProperty("log10_without").GetDouble(), -9_999, strength + 0.001));
        Assert.Equal("clear", reasons.Single(static reason => reason.GetProperty("code").GetString() == ReasonCodes.WorkPartition)
            .GetProperty("verdict_without").GetString());
        var account = findings.RootElement.GetProperty("accounts")[0].GetProperty("account").GetString();
        (status, output, errors) = await ShellAsync($"$stillwatch explain found.json {account}");
        Assert.True(status == 0, errors);
        Assert.Contains("Why this account", output, StringComparison.Ordinal);
        Assert.Contains("Divided work [work-partition]", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reasons_Always_AreThePageOfTheCatalogue()
    {
        var (status, output, errors) = await ShellAsync("$stillwatch reasons");
        Assert.Equal((0, ""), (status, errors));
        Assert.Equal(await File.ReadAllTextAsync(
            Path.Combine(Launching.Checkout.SourceRoot, "docs", "reasons.md"), TestContext.Current.CancellationToken), output);
    }

    private string PathOf(string name) => Path.Combine(_directory.FullName, name);

    private Task<(int Status, string Output, string Errors)> ShellAsync(string line) =>
        CommandLineRun.FinishShellAsync(line, _directory.FullName);
}
