using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Windows;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Tests.Windows;

public sealed class WindowProtocolTests
{
    [Fact]
    public void Thirds_OfTheBenignQueries_AreDisjointAndDependOnTheSeed()
    {
        var thirds = BenignThirds.Cut(100, seed: 5);
        int[] all = [.. thirds.Reference, .. thirds.Calibration, .. thirds.Test];
        Assert.Equal(99, all.Distinct().Count());
        Assert.Equal(thirds.Test, BenignThirds.Cut(100, seed: 5).Test);
        Assert.NotEqual(thirds.Test, BenignThirds.Cut(100, seed: 6).Test);
    }

    [Fact]
    public void Windows_OfAShare_HoldSoManyOfTheAttack()
    {
        int[] attack = [.. Enumerable.Range(1000, 40)];
        var windows = TestWindows.Draw([.. Enumerable.Range(0, 200)], attack, size: 100, seed: 1);
        Assert.All(windows.Benign, static window => Assert.Equal(100, window.Distinct().Count(static query => query < 1000)));
        foreach (var (share, mixed) in TestWindows.Shares.Zip(windows.Attack))
        {
            Assert.All(mixed, window => Assert.Equal((int)(100 * share), window.Count(static query => query >= 1000)));
        }

        Assert.All(windows.Attack[^1], static window => Assert.Equal(40, window.Distinct().Count()));
    }

    [Fact]
    public void Subset_MovedToFront_IsUniform()
    {
        var generator = new SeededGenerator(3);
        var hits = new int[10];
        int[] items = [.. Enumerable.Range(0, 10)];
        for (var draw = 0; draw < 10_000; draw++)
        {
            RandomSubset.MoveToFront(items, 3, ref generator);
            foreach (var item in items.AsSpan(0, 3))
            {
                hits[item]++;
            }
        }

        Assert.All(hits, static hit => Assert.InRange(hit, 2800, 3200));
    }

    [Fact]
    public void Interval_OfFiveSeeds_IsStudents()
    {
        var interval = MeanInterval.Of([1, 2, 3, 4, 5]);
        Assert.Equal(3, interval.Mean, 12);
        Assert.Equal(2.776445 * Math.Sqrt(2.5 / 5), interval.HalfWidth, 5);
    }

    [Theory]
    [InlineData("--data")]
    [InlineData("--seeds", "3")]
    [InlineData("--data", "D", "--seeds", "1")]
    [InlineData("--data", "D", "--windows", "100,x")]
    [InlineData("--data", "D", "--level", "0")]
    [InlineData("--data", "D", "--speed", "9")]
    public async Task Command_WrongArguments_Is2(params string[] arguments) =>
        Assert.Equal(2, await WindowCommand.RunAsync(arguments));

    [Fact]
    public async Task Command_WithoutTheFolder_Is2() => Assert.Equal(2, await WindowCommand.RunAsync(["--data", "/no/such/folder"]));

    [Fact]
    public void Experiment_OfMadeUpQueries_FindsTheAttackAndPrintsTables()
    {
        var pair = new QueryPair("made-up", Texts.Benign(360, 1), Texts.Foreign(60, 2));
        var options = new WindowOptions { Folder = "unused", Seeds = 2, WindowSizes = [50, 500] };
        var outcomes = new WindowExperiment(pair, WindowDetectors.All, OutcomeFile<WindowOutcome>.Open(null))
            .Run(options, static _ => { }, TestContext.Current.CancellationToken).ToList();
        Assert.Equal(2 * WindowDetectors.All.Count, outcomes.Count);
        Assert.All(outcomes.Where(static outcome => outcome.Detector == "Stillwatch"), static outcome =>
        {
            Assert.InRange(outcome.FalsePositiveRate, 0, 0.2);
            Assert.Equal(1, outcome.TruePositiveRates[^1]);
        });
        var lines = new WindowReport(outcomes, WindowDetectors.Yardstick).Lines().ToList();
        Assert.Contains("### Windows of 50, made-up", lines);
        Assert.Equal(2 * WindowDetectors.All.Count, lines.Count(static line => line.Contains(" ± ", StringComparison.Ordinal)));
    }

    /// <summary>Measuring the kinds of evidence together decides each window as the detector alone does.</summary>
    [Fact]
    public void Evidence_Whole_IsTheDetector()
    {
        var pair = new QueryPair("made-up", Texts.Benign(240, 1), Texts.Foreign(60, 2));
        var options = new WindowOptions { Folder = "unused", Seeds = 2, WindowSizes = [50] };
        var evidence = Run([]);
        var whole = evidence.Where(static outcome => outcome.Detector == EvidenceExperiment.Whole);
        Assert.Equal(Run([WindowDetectors.All[0]]).Select(Decisions), whole.Select(Decisions));
        Assert.Equal(2 * EvidenceExperiment.Combinations.Count, evidence.Count);
        Assert.Contains("only EmbeddingNeighbours", evidence.Select(static outcome => outcome.Detector));
        Assert.DoesNotContain("all but EmbeddingNeighbours", evidence.Select(static outcome => outcome.Detector));

        List<WindowOutcome> Run(IReadOnlyList<IWindowDetector> detectors) =>
            [.. new WindowExperiment(pair, detectors, OutcomeFile<WindowOutcome>.Open(null))
                .Run(options, static _ => { }, TestContext.Current.CancellationToken)];

        static string Decisions(WindowOutcome outcome) =>
            $"{outcome.Seed} {outcome.FalsePositiveRate} {string.Join(' ', outcome.TruePositiveRates)}";
    }

    [Fact]
    public void Outcomes_OfAnEarlierRun_AreFoundAgain()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("outcomes-").FullName, "outcomes.jsonl");
        var outcome = new WindowOutcome("pair", 3, 100, "MMD", 0.5, [0, 1], 6);
        OutcomeFile<WindowOutcome>.Open(path).Keep(outcome);
        Assert.Equal([0, 1], OutcomeFile<WindowOutcome>.Open(path).Find(static known => known.Seed == 3)!.TruePositiveRates);
        Assert.Null(OutcomeFile<WindowOutcome>.Open(path).Find(static known => known.Seed == 4));
        File.WriteAllText(path, "{");
        Assert.Throws<InvalidDataException>(() => OutcomeFile<WindowOutcome>.Open(path));
    }

    [Theory]
    [InlineData("ME_BERT_boolq_random", 939, 1885)]
    [InlineData("Meaeq_HATESPEECH", 2000, 1529)]
    public void Pair_OfTheSharedFolder_HasItsRows(string name, int benign, int attack)
    {
        var pair = QueryPair.Load(Path.Combine(SharedPairs(), $"{name}.jsonl.gz"));
        Assert.Equal((name, benign, attack), (pair.Name, pair.Benign.Count, pair.Attack.Count));
    }

    private static string SharedPairs()
    {
        var named = Environment.GetEnvironmentVariable("STILLWATCH_SHARED") is { } shared ? PairsIn(shared) : null;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null && named is null; folder = folder.Parent)
        {
            var beside = PairsIn(Path.Combine(folder.FullName, "shared"));
            named = Directory.Exists(beside) ? beside : null;
        }

        Assert.SkipWhen(named is null, "The folder shared/data is not beside the checkout; STILLWATCH_SHARED may name shared.");
        return named!;

        static string PairsIn(string folder) => Path.Combine(folder, "data", "extraction-queries");
    }
}
