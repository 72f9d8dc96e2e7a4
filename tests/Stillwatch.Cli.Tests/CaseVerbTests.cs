namespace Stillwatch.Cli.Tests;

/// <summary>Cases as their users meet them: the whole way, the errors, and a process that is killed.</summary>
public sealed class CaseVerbTests : IDisposable
{
    private const string Findings =
        """
        {"schema":"stillwatch.findings/1","interactions":9,"accounts_seen":3,
         "campaigns":[{"id":"campaign-1","accounts":["alpha","beta","gamma"],"interactions":8,"log10_e_value":9.431,"log10_level":3.752,
           "log10_content":6.931,"log10_corroboration":2.5,
           "reasons":[{"code":"interchangeable-content","summary":"alpha is like beta.","log10_e_value":6.931}]}],
         "accounts":[{"account":"alpha","campaign":"campaign-1","verdict":"block","reasons":[]}]}
        """;

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("stillwatch-case-");

    public void Dispose() => _scratch.Delete(recursive: true);

    [Fact]
    public async Task Case_FromOpeningToAppeal_WorksAsTheHelpSays()
    {
        await SetUpAsync();
        var (status, output, errors) = await ShellAsync(
            """
            set -e
            W="--log evidence --key evidence.key --cases cases"
            $stillwatch case open findings.json campaign-1 $W --operator kim
            STILLWATCH_OPERATOR=kim $stillwatch case note 1 'Asked alpha.' $W
            $stillwatch case decide 1 --verdict block --reason 'One operator.' $W --operator kim
            $stillwatch case confirm 1 --reason 'I agree.' $W --operator lee
            $stillwatch case appeal 1 --reason 'We are a school.' $W --operator kim
            $stillwatch case list --log evidence --vkey evidence.key.pub
            $stillwatch case show 1 --log evidence --vkey evidence.key.pub --cases cases
            $stillwatch log show --log evidence --vkey evidence.key.pub
            """);
        Assert.True(status == 0, errors);
        Assert.Contains("case 1 is waiting for a second person: recorded as entry 2", output, StringComparison.Ordinal);
        Assert.Contains("case 1: campaign-1, appealed: block, 5 entries", output, StringComparison.Ordinal);
        Assert.Contains("campaign/campaign-1: block (entry 4), by a person", output, StringComparison.Ordinal);
        Assert.Contains("interchangeable-content", output, StringComparison.Ordinal);
        Assert.Matches("kim  noted: Asked acct-[0-9a-f]{32}\\.", output);
        Assert.DoesNotContain("alpha", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_AccessRetentionAndDeletion_AreLogged()
    {
        await SetUpAsync();
        var (status, output, errors) = await ShellAsync(
            """
            set -e
            W="--log evidence --key evidence.key --cases cases --operator kim"
            $stillwatch case open findings.json campaign-1 $W
            $stillwatch case subject alpha --out alpha.json $W
            $stillwatch case decide 1 --verdict restrict --reason 'One operator.' $W
            $stillwatch case retain --days 1 --dry-run $W
            $stillwatch case delete 1 --reason 'On request.' $W
            $stillwatch case show 1 --log evidence --vkey evidence.key.pub --cases cases
            $stillwatch log fsck --log evidence --vkey evidence.key.pub
            """);
        Assert.True(status == 0, errors);
        Assert.Contains("due: none", output, StringComparison.Ordinal);
        Assert.Contains("closed, its content deleted", output, StringComparison.Ordinal);
        Assert.Contains("disclosed", output, StringComparison.Ordinal);
        Assert.DoesNotContain("One operator", output, StringComparison.Ordinal);
        Assert.Contains("whole: 5 entries", output, StringComparison.Ordinal);
        var access = await File.ReadAllTextAsync(Path.Combine(_scratch.FullName, "alpha.json"), TestContext.Current.CancellationToken);
        Assert.Contains("\"advised\": \"block\"", access, StringComparison.Ordinal);
        Assert.DoesNotContain("beta", access, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("case note 1 x --operator kim", "There is no case 1.")]
    [InlineData("case note 1 x", "say who takes this step")]
    [InlineData("case open findings.json nothing --operator kim", "no campaign 'nothing'")]
    [InlineData("case decide 1 --verdict restrict --reason x --automatic", "does not let the system decide")]
    [InlineData("case policy findings.json --operator kim", "policy of cases is an object")]
    public async Task Case_ImpossibleSteps_AreOneSentence(string line, string sentence)
    {
        await SetUpAsync();
        var (status, _, errors) = await ShellAsync($"$stillwatch {line} --log evidence --key evidence.key --cases cases");
        Assert.Equal(2, status);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
    }

    /// <summary>
    /// SIGKILL at random moments of a note, which is then repeated until it is acknowledged: every note is there once, and the log whole.
    /// </summary>
    [Fact]
    public async Task Note_KilledAtRandomMomentsAndRepeated_IsRecordedOnce()
    {
        const int Seed = 7;
        const int Notes = 6;
        var random = new Random(Seed);
        await SetUpAsync();
        const string Where = "--log evidence --key evidence.key --cases cases --operator kim";
        var (status, _, errors) = await ShellAsync($"$stillwatch case open findings.json campaign-1 {Where}");
        Assert.True(status == 0, errors);
        for (var note = 0; note < Notes; note++)
        {
            using var run = CommandLineRun.StartShell($"exec $stillwatch case note 1 'note {note}.' {Where}", _scratch.FullName);
            await Task.Delay(random.Next(150, 700), TestContext.Current.CancellationToken);
            run.Kill();
            await run.EndAsync();
            (status, _, errors) = await ShellAsync($"$stillwatch case note 1 'note {note}.' {Where}");
            Assert.True(status == 0, $"seed {Seed}: {errors}");
        }

        (status, var output, errors) = await ShellAsync(
            """
            $stillwatch log fsck --log evidence --vkey evidence.key.pub &&
            $stillwatch case show 1 --log evidence --vkey evidence.key.pub --cases cases
            """);
        Assert.True(status == 0, errors);
        for (var note = 0; note < Notes; note++)
        {
            Assert.Equal(2, output.Split($"noted: note {note}.").Length);
        }
    }

    private async Task SetUpAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_scratch.FullName, "findings.json"), Findings, TestContext.Current.CancellationToken);
        var (status, _, errors) = await ShellAsync(
            "$stillwatch log key example.com/evidence --out evidence.key && $stillwatch log init --log evidence --key evidence.key");
        Assert.True(status == 0, errors);
    }

    private Task<(int Status, string Output, string Errors)> ShellAsync(string line) =>
        CommandLineRun.FinishShellAsync(line, _scratch.FullName);
}
