namespace Stillwatch.Cli.Tests;

/// <summary>What others hand over is refused in one sentence, without being read whole where it is too large.</summary>
public sealed class HostileEvidenceTests : IDisposable
{
    /// <summary>Sparse files of many gigabytes, deep and garbled ones, and a log to try them on.</summary>
    private const string Prepare =
        """
        set -e
        $stillwatch log key example.com/evidence --out k > /dev/null
        $stillwatch log init --log log --key k > /dev/null
        echo "log $(cat k.pub)" > policy; echo 'quorum none' >> policy
        truncate -s 40G giant
        cp -r log giant-log; rm giant-log/checkpoint; truncate -s 40G giant-log/checkpoint
        cp -r log giant-tile; mkdir -p giant-tile/tile/entries
        head -c 100000 /dev/zero | tr '\0' '[' > deep
        head -c 5000 /dev/urandom > noise
        printf 'c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n' | cat - log/checkpoint > short-hash
        printf 'c2sp.org/tlog-proof@v1\nindex 99999999999999999999\n\n' | cat - log/checkpoint > far
        printf '{"type":"bundle","id":"bundle--a932fcc6-e032-476c-826f-cb970a5a1ade","objects":[{"type":"indicator","type":"x"}]}' > twice
        printf '{"schema":"stillwatch.tokens/1"}' > tokens
        echo x > entry

        """;

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("stillwatch-hostile-");

    public void Dispose() => _scratch.Delete(recursive: true);

    [Fact]
    public async Task Evidence_HostileFiles_AreRefusedInOneSentence()
    {
        var (status, _, errors) = await CommandLineRun.FinishShellAsync(Prepare, _scratch.FullName);
        Assert.True(status == 0, errors);
        const string Server = "--server http://127.0.0.1:9 --name n --secret entry --log log --key k --to x";
        (string Line, string Sentence)[] lines =
        [
            ("log show --log giant-log --vkey k.pub", "at most 1000000 are read"),
            ("log fsck --log giant-log --vkey k.pub", "at most 1000000 are read"),
            ("log verify giant entry --policy policy", "giant has 42949672960 bytes"),
            ("log verify noise entry --policy policy", "proof"),
            ("log verify short-hash entry --policy policy", "hash"),
            ("log verify far entry --policy policy", "index"),
            ("log verify far entry --policy giant", "giant has"),
            ("log verify far entry --policy noise", "line"),
            ("evidence verify giant --vkey k.pub", "giant has 42949672960 bytes"),
            ("evidence verify noise --vkey k.pub", "noise"),
            ("share import giant", "16777216"),
            ("share import deep", "depth"),
            ("share import twice", "twice"),
            ("share import noise", "noise"),
            ($"share match giant --values entry {Server}", "giant has"),
            ($"share match tokens --values entry {Server}", "no file of tokens"),
            ("case policy giant --log log --key k --cases c --operator kim", "giant has"),
            ("case policy deep --log log --key k --cases c --operator kim", "deep"),
            ("case open deep campaign --log log --key k --cases c --operator kim", "deep"),
        ];
        var faults = new List<string>();
        foreach (var (line, sentence) in lines)
        {
            var (ended, output, said) = await CommandLineRun.FinishShellAsync($"$stillwatch {line}", _scratch.FullName);
            var isRefused = ended is 1 or 2 && said.Contains(sentence, StringComparison.OrdinalIgnoreCase)
                && said.Length < 600 && !said.Contains("Exception", StringComparison.Ordinal);
            if (!isRefused)
            {
                faults.Add($"{line}: {ended}, '{output}', '{said}'");
            }
        }

        Assert.Empty(faults);
    }
}
