using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;

namespace Stillwatch.Cli.Tests;

/// <summary>The transparency log as its user meets it: the whole way from a key to a verified proof, and a writer that is killed.</summary>
public sealed partial class LogVerbTests : IDisposable
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("stillwatch-log-");

    public void Dispose() => _scratch.Delete(recursive: true);

    [Fact]
    public async Task Log_FromKeyToVerifiedProof_WorksAsTheHelpSays()
    {
        const string Decision =
            """{"actor":"kim","at":"2026-11-28T20:00:00Z","body":{"verdict":"restrict"},"id":"d-1","kind":"override",""" +
            """ "subject":"campaign/c-1","v":1}""";
        await File.WriteAllTextAsync(At("decision.json"), $"{Decision}\n", TestContext.Current.CancellationToken);
        var (status, output, errors) = await CommandLineRun.FinishShellAsync(
            """
            set -e
            $stillwatch log key example.com/evidence --out evidence.key
            $stillwatch log init --log evidence --key evidence.key
            $stillwatch log append decision.json --log evidence --key evidence.key
            $stillwatch log show --log evidence --vkey evidence.key.pub
            $stillwatch log fsck --log evidence --vkey evidence.key.pub
            $stillwatch log prove 0 --log evidence --vkey evidence.key.pub --out 0.tlog-proof --entry 0.json
            { echo "log $(cat evidence.key.pub)"; echo "quorum none"; } > policy
            $stillwatch log verify 0.tlog-proof 0.json --policy policy
            """,
            _scratch.FullName);
        Assert.True(status == 0, errors);
        Assert.Contains("campaign/c-1: restrict (entry 0), by a person, 1 entries", output, StringComparison.Ordinal);
        Assert.Contains("whole: 1 entries", output, StringComparison.Ordinal);
        Assert.Contains("included: entry 0 of example.com/evidence at size 1", output, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE", output + errors, StringComparison.Ordinal);
        var canonical = Decision.Replace(" ", string.Empty, StringComparison.Ordinal);
        Assert.Equal(canonical, await File.ReadAllTextAsync(At("0.json"), TestContext.Current.CancellationToken));

        (status, _, errors) = await CommandLineRun.FinishShellAsync(
            "printf x >> 0.json; $stillwatch log verify 0.tlog-proof 0.json --policy policy", _scratch.FullName);
        Assert.Equal(1, status);
        Assert.Contains("not proved: the hashes do not lead from this entry", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("log key 'a b' --out k", "is no name for a key")]
    [InlineData("log show --log none --vkey example.com/a+00000000+AAAA", "--vkey takes a verifier key")]
    [InlineData("log append none --log none --key none", "there is no such file")]
    [InlineData("log verify none none --policy none", "there is no such file")]
    public async Task Log_WrongArguments_AreOneSentence(string line, string sentence)
    {
        var (status, _, errors) = await CommandLineRun.FinishShellAsync($"$stillwatch {line}", _scratch.FullName);
        Assert.Equal(2, status);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
    }

    /// <summary>
    /// SIGKILL at random moments of an appending process, many times on one log: every batch that it said it had appended is there, the log
    /// is whole, and the next process goes on.
    /// </summary>
    [Fact]
    public async Task Append_KilledAtRandomMoments_LosesNothingAcknowledged()
    {
        const int Seed = 19;
        const int Kills = 20;
        const int BatchSize = 40;
        var random = new Random(Seed);
        await File.WriteAllLinesAsync(
            At("lines"), Enumerable.Range(0, 20_000).Select(number => $"entry {number}"), TestContext.Current.CancellationToken);
        var (status, _, faults) = await CommandLineRun.FinishShellAsync(
            "$stillwatch log key example.com/killed --out k && $stillwatch log init --log log --key k", _scratch.FullName);
        Assert.True(status == 0, faults);
        var killedAtWork = 0;
        var acknowledged = new SortedDictionary<ulong, string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            File.Delete(At("said"));
            using var run = CommandLineRun.StartShell(
                $"exec $stillwatch log append lines --raw --batch {BatchSize} --log log --key k > said", _scratch.FullName);
            await WaitUntilItAppendsAsync(run);
            await Task.Delay(random.Next(400), TestContext.Current.CancellationToken);
            killedAtWork += run.Kill() ? 1 : 0;
            await run.EndAsync();
            var said = await File.ReadAllTextAsync(At("said"), TestContext.Current.CancellationToken);
            foreach (var (number, match) in Batch().Matches(said).Index())
            {
                var first = ulong.Parse(match.Groups["from"].Value, CultureInfo.InvariantCulture);
                for (var i = 0; i < BatchSize; i++)
                {
                    acknowledged.Add(first + (ulong)i, $"entry {(number * BatchSize) + i}");
                }
            }
        }

        Assert.True(killedAtWork > Kills / 2, $"Only {killedAtWork} of {Kills} processes were at work when they were killed.");
        Assert.True(acknowledged.Count > Kills * BatchSize, $"Only {acknowledged.Count} entries were acknowledged.");
        (status, _, faults) = await CommandLineRun.FinishShellAsync(
            """
            set -e
            $stillwatch log fsck --log log --vkey k.pub
            $stillwatch log append said --raw --log log --key k
            $stillwatch log fsck --log log --vkey k.pub
            """,
            _scratch.FullName);
        Assert.True(status == 0, $"seed {Seed}: {faults}");
        var key = NoteVerifierKey.Parse((await File.ReadAllTextAsync(At("k.pub"), TestContext.Current.CancellationToken)).Trim());
        var entries = LogReader.Open(At("log"), key).Entries()
            .ToDictionary(pair => pair.Index, pair => Encoding.UTF8.GetString(pair.Entry.Span));
        Assert.DoesNotContain(acknowledged, pair => entries.GetValueOrDefault(pair.Key) != pair.Value);
    }

    private async Task WaitUntilItAppendsAsync(CommandLineRun run)
    {
        while (!run.HasEnded && !(File.Exists(At("said")) && new FileInfo(At("said")).Length > 0))
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private string At(string name) => Path.Combine(_scratch.FullName, name);

    [GeneratedRegex(@"^\d+ entries from (?<from>\d+) on\n", RegexOptions.Multiline)]
    private static partial Regex Batch();
}
