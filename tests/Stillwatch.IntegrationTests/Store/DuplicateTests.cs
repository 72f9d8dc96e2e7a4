using Stillwatch.Interactions.Reading;
using Stillwatch.Store;

namespace Stillwatch.IntegrationTests.Store;

/// <summary>The same interactions read twice count once.</summary>
public sealed class DuplicateTests : StoreTests
{
    private static readonly List<string> Log = SampleLog.Lines(2500);

    private static StoreContent? _expected;

    public static TheoryData<string> Forms => [.. Shapes.Keys];

    private static Dictionary<string, Func<IReadOnlyList<InputFile>>> Shapes { get; } = new()
    {
        ["gzip"] = static () => [SampleLog.GzipFile(Log)],
        ["twice in one file"] = static () => [SampleLog.File([.. Log, .. Log])],
        ["plain and gzip"] = static () => [SampleLog.File(Log), SampleLog.GzipFile(Log, 1)],
        ["backwards"] = static () => [SampleLog.File(Log.AsEnumerable().Reverse())],
        ["shuffled"] = static () => [SampleLog.File(Shuffled(5))],
        ["each line twice, shuffled"] = static () => [SampleLog.File([.. Shuffled(6), .. Shuffled(7)])],
        ["overlapping halves"] = static () => [SampleLog.File(Log.Take(1600)), SampleLog.File(Log.Skip(900), 1)],
        ["later half first"] = static () => [SampleLog.File(Log.Skip(1250)), SampleLog.File(Log.Take(1250), 1)],
        ["two servers"] = static () =>
            [SampleLog.File(Log.Where((_, i) => i % 2 == 0)), SampleLog.File(Log.Where((_, i) => i % 2 == 1), 1)],
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Ingest_TheSameLogInAnotherForm_StoresTheSame(string form)
    {
        var expected = await ExpectedAsync();
        Assert.Equal((2500ul, 2500ul, 0ul), (expected.Interactions, expected.Keys, expected.Unnamed));
        Assert.Equal(expected, await ContentOfAsync(Shapes[form](), SmallBlocks));
    }

    [Fact]
    public async Task Ingest_AgainAfterReopening_AddsNothing()
    {
        var directory = NewDirectory();
        var (first, before) = await IngestAsync(directory);
        var (second, after) = await IngestAsync(directory);
        Assert.Equal((2500, 0), (first.Stored, first.Duplicates));
        Assert.Equal((0, 2500), (second.Stored, second.Duplicates));
        Assert.Equal(before, after);

        static async Task<(IngestSummary, StoreContent)> IngestAsync(string directory)
        {
            await using var store = await InteractionStore.OpenAsync(directory, null, Cancellation);
            var summary = await store.IngestAsync([SampleLog.File(Log)], SmallBlocks, null, Cancellation);
            return (summary, await StoreContent.ReadAsync(store));
        }
    }

    [Fact]
    public async Task Ingest_AgainBackwards_OfMoreAccountsThanAStatementNames_AddsNothing()
    {
        var log = SampleLog.Lines(9000, stepMs: 1000, accounts: 8000);
        var directory = NewDirectory();
        await using (var store = await InteractionStore.OpenAsync(directory, null, Cancellation))
        {
            Assert.Equal(9000, (await store.IngestAsync([SampleLog.File(log)], null, null, Cancellation)).Stored);
            Assert.InRange((await store.DescribeAsync(Cancellation)).Accounts, 5000, 8000);
        }

        await using var reopened = await InteractionStore.OpenAsync(directory, null, Cancellation);
        var again = SampleLog.File([.. log.AsEnumerable().Reverse(), .. SampleLog.Lines(10, seed: 2)]);
        var summary = await reopened.IngestAsync([again], null, null, Cancellation);
        Assert.Equal((10, 9000), (summary.Stored, summary.Duplicates));
    }

    [Fact]
    public async Task Ingest_InRandomPiecesThatOverlap_StoresEachInteractionOnce()
    {
        var expected = await ExpectedAsync();
        for (var seed = 1; seed <= 6; seed++)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
            Assert.Equal(expected, await IngestPiecesAsync(new Random(seed)));
        }
    }

    private async Task<StoreContent> ExpectedAsync() => _expected ??= await ContentOfAsync(Log);

    /// <summary>Pieces of any length, out of order, some again, through several openings of a store, until every line was read.</summary>
    private async Task<StoreContent> IngestPiecesAsync(Random random)
    {
        var directory = NewDirectory();
        var missing = new HashSet<int>(Enumerable.Range(0, Log.Count));
        while (true)
        {
            await using var store = await InteractionStore.OpenAsync(directory, null, Cancellation);
            for (var piece = 0; piece < 6; piece++)
            {
                var start = random.Next(Log.Count);
                var length = random.Next(1, Log.Count - start + 1);
                var reader = new ReaderOptions { ChunkBytes = random.Next(2000, 60_000) };
                var options = new IngestOptions { BlockRows = random.Next(100, 900), Reader = reader };
                await store.IngestAsync([SampleLog.File(Log.Skip(start).Take(length))], options, null, Cancellation);
                missing.ExceptWith(Enumerable.Range(start, length));
            }

            var some = missing.Order().Take(400).ToList();
            await store.IngestAsync([SampleLog.File(some.Select(static line => Log[line]).Prepend(Log[0]))], null, null, Cancellation);
            missing.ExceptWith(some);
            if (missing.Count == 0)
            {
                return await StoreContent.ReadAsync(store);
            }
        }
    }

    private static string[] Shuffled(int seed)
    {
        var lines = Log.ToArray();
        new Random(seed).Shuffle(lines);
        return lines;
    }
}
