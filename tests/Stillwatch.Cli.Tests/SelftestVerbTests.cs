using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Stillwatch.Cli.Verbs.Selftest;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Gateway.Responses;
using Stillwatch.Provenance.Laboratory;

namespace Stillwatch.Cli.Tests;

/// <summary>The self-test against extraction as its user runs it: attacks that work, a policy that stops them, one that does not.</summary>
public sealed class SelftestVerbTests : IDisposable
{
    private const string Small = "--dimension 24 --vocabulary 120 --queries 2";
    private const string Secret = "sw-self-test-secret-0123456789";

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("stillwatch-selftest-test-");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Delete(recursive: true);

    [Fact]
    public async Task Extraction_OnAModelOfOurOwn_SucceedsUndefendedAndFailsUnderThePolicy()
    {
        var (status, output, errors) = await RunAsync($"$stillwatch selftest extraction {Small} --format json");
        Assert.True(status == 0, errors);
        var report = JsonNode.Parse(output)!;
        Assert.True((bool)report["live"]! && (bool)report["holds"]!);
        var trials = report["trials"]!.AsArray();
        var undefended = trials.Where(static trial => (string?)trial!["defence"] == "none").ToList();
        Assert.Equal(["log-probabilities", "argmax", "heads"], undefended.Select(static trial => (string?)trial!["attack"]));
        Assert.All(undefended, static trial =>
        {
            Assert.Equal((string?)trial!["attack"] == "heads" ? null : (int)trial["true_dimension"]!, (int?)trial["dimension"]);
            Assert.True((double)trial["layer_error"]! < 0.02);
            Assert.True((double)trial["cosine"]! > 0.999);
        });
        var defended = trials.Where(static trial => (string?)trial!["defence"] is "reduce" or "perturb").ToList();
        Assert.Equal(10, defended.Count);
        Assert.All(defended, static trial => Assert.True((double)trial!["layer_error"]! > 0.5));
        Assert.Equal(1, (double)report["honest_cost"]!["kept_argmax"]!);
        Assert.InRange((double)report["honest_cost"]!["mean_change"]!, 0.05, 1);
        var averages = report["averaged_noise"]!["reworded"]!.AsArray().Select(static one => (double)one!["error"]!).ToList();
        Assert.True(averages[^1] is > 0.1 and < 0.9 && averages[^1] < averages[0], string.Join(' ', averages));
        Assert.Contains("log-probabilities, perturb, 8x", errors, StringComparison.Ordinal);
    }

    /// <summary>A configuration that leaves probabilities where they are is found out.</summary>
    [Fact]
    public async Task Extraction_OfAConfigurationThatDoesNotHold_EndsWithItsOwnStatus()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_scratch.FullName, "open.yaml"),
            """
            listeners: [{address: "127.0.0.1:0"}]
            keys: keys.json
            upstreams: {lab: {url: "http://127.0.0.1:9"}}
            models: [{name: lab, upstream: lab}]
            observation: {spool: spool, log: interactions}
            responses: {reduce: {probabilities: false}}
            """,
            Token);
        var (status, output, errors) = await RunAsync($"$stillwatch selftest extraction {Small} --config open.yaml");
        Assert.True(status == ExitStatus.NotHeld, errors);
        Assert.Contains("reduce does not hold against the attack by log-probabilities, 2x the prompts.", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("perturb does not hold", errors, StringComparison.Ordinal);
        Assert.Contains("succeeds", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("chat", null, ExitStatus.NotHeld)]
    [InlineData("completions", null, ExitStatus.NotHeld)]
    [InlineData("chat", ResponseStep.Reduce, ExitStatus.Done)]
    [InlineData("completions", ResponseStep.Perturb, ExitStatus.Done)]
    public async Task Extraction_OfAnApiThatRuns_SaysWhetherLogitsCanBeRead(string api, ResponseStep? step, int expected)
    {
        var model = new FinalLayerModel(8, 200, 1, 3);
        await using var server = await LaboratoryServer.StartAsync(new Dictionary<string, ILanguageModel> { ["lab-x"] = model }, Token);
        await using var gateway = await TrialGateway.StartAsync(server.Address, new ResponseOptions(), Token);
        if (step is { } enforced)
        {
            await gateway.RespondAsync(enforced, Token);
        }

        var (status, output, errors) = await RunAsync(
            $"""
            export SELFTEST_KEY={gateway.Key}
            $stillwatch selftest extraction --address {gateway.Address} --model lab-x --api {api} --key-env SELFTEST_KEY \
                --tokens 20 --prompts 12 --format json
            """);
        Assert.True(status == expected, errors);
        Assert.DoesNotContain(gateway.Key, output + errors, StringComparison.Ordinal);
        var report = JsonNode.Parse(output)!;
        Assert.Equal(step is ResponseStep.Reduce ? 0 : 20, (int)report["alternatives"]!);
        Assert.Equal(step is null ? 20 : 0, (int)report["tokens_forced"]!);
        Assert.Equal(step is null, report["trials"]!.AsArray().All(static trial => (bool)trial!["succeeds"]!));
        Assert.Equal(step is null ? 8 : null, (int?)report["trials"]![0]!["dimension"]);
        Assert.Equal(step is null, (double?)report["disagreement"] < 1e-3);
    }

    [Theory]
    [InlineData("--address http://127.0.0.1:9 --model x", "http://127.0.0.1:9/ cannot be attacked: ")]
    [InlineData("--address http://127.0.0.1:9", "--address needs --model NAME")]
    [InlineData("--address http://gateway.example --model x", "the key in STILLWATCH_API_KEY is not sent in the clear")]
    [InlineData("--address http://127.0.0.1:9/v1 --model x", "--address takes an address such as")]
    [InlineData("--address http://127.0.0.1:9 --model x --config a.yaml", "give one of them")]
    [InlineData("--config none.yaml", "there is no configuration at none.yaml")]
    [InlineData("--dimension 100 --vocabulary 200", "--vocabulary is at least four times --dimension")]
    [InlineData("--queries 0", "--queries is between 1 and 64.")]
    public async Task Extraction_ThatCannotBeTried_IsOneSentenceWithoutTheKey(string arguments, string sentence)
    {
        var (status, output, errors) = await RunAsync(
            $"export STILLWATCH_API_KEY={Secret}; $stillwatch selftest extraction {arguments}");
        Assert.Equal(ExitStatus.Unusable, status);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, output + errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extraction_OfAKeyThatIsNotAccepted_SaysWhereTheKeyIsRead()
    {
        await using var gateway = await TrialGateway.StartAsync(new("http://127.0.0.1:9"), new ResponseOptions(), Token);
        var (status, _, errors) = await RunAsync($"$stillwatch selftest extraction --address {gateway.Address} --model lab-x");
        Assert.Equal(ExitStatus.Unusable, status);
        Assert.Contains("status 401", errors, StringComparison.Ordinal);
        Assert.Contains("--key-env", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extraction_Interrupted_StopsAndLeavesNothing()
    {
        var before = Leftovers();
        using var run = CommandLineRun.Start("selftest", "extraction", "--dimension", "256", "--vocabulary", "20000");
        await run.SaysAsync("log-probabilities, none, 1x");
        run.Signal(PosixSignal.SIGINT);
        var (status, _, _) = await run.FinishAsync();
        Assert.Equal(ExitStatus.Interrupted, status);
        Assert.Empty(Leftovers().Except(before));
    }

    private static IEnumerable<string> Leftovers() => [.. Directory.EnumerateDirectories(Path.GetTempPath(), "stillwatch-selftest-??????")];

    private Task<(int Status, string Output, string Errors)> RunAsync(string line) =>
        CommandLineRun.FinishShellAsync(line, _scratch.FullName);
}
