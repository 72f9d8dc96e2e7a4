using Stillwatch.Interactions;
using Stillwatch.Store.Ingestion;

namespace Stillwatch.Tests.Store.Ingestion;

public sealed class EncodePipelineTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task RunAsync_OnAnyNumberOfThreads_HandsOverInTheOrderOfTheChunks(int workers)
    {
        var taken = new List<long>();
        await RunAsync(Chunks(200), workers, (_, rows) => taken.AddRange(rows.Heads.Select(static head => head.ObservedAtMs)));
        Assert.Equal(Enumerable.Range(0, 200).Select(static index => SampleInteraction.Noon + index), taken);
    }

    [Fact]
    public async Task RunAsync_WhenAChunkCannotBeEncoded_FailsAfterTheChunksBeforeIt()
    {
        var taken = 0;
        var chunks = Chunks(20).Append([SampleInteraction.Create(time: -1)]).Concat(Chunks(20));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => RunAsync(chunks, 3, (_, _) => taken++));
        Assert.Equal(20, taken);
    }

    [Fact]
    public async Task RunAsync_WhenTheSourceFails_FailsAfterTheChunksBeforeIt()
    {
        var taken = 0;
        await Assert.ThrowsAsync<InvalidDataException>(() => RunAsync(Failing(), 3, (_, _) => taken++));
        Assert.Equal(15, taken);

        static IEnumerable<IReadOnlyList<Interaction>> Failing()
        {
            foreach (var chunk in Chunks(15))
            {
                yield return chunk;
            }

            throw new InvalidDataException("broken");
        }
    }

    [Fact]
    public async Task RunAsync_WhenTheTakerFails_StopsReadingTheSource()
    {
        var read = 0;
        var endless = Enumerable.Range(0, int.MaxValue).Select(index =>
        {
            read++;
            return (IReadOnlyList<Interaction>)[SampleInteraction.Create(time: SampleInteraction.Noon + index)];
        });
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => RunAsync(endless, 2, static (_, _) => throw new InvalidOperationException("full")));
        Assert.InRange(read, 1, 20);
    }

    [Fact]
    public async Task RunAsync_WhenCancelled_Ends()
    {
        using var cancellation = new CancellationTokenSource();
        var endless = Enumerable.Range(0, int.MaxValue).Select(static _ => (IReadOnlyList<Interaction>)[SampleInteraction.Create()]);
        var taken = 0;
        var run = RunAsync(endless, 2, (_, _) => _ = ++taken == 5 ? cancellation.CancelAsync() : null, cancellation);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    private static IEnumerable<IReadOnlyList<Interaction>> Chunks(int count) => Enumerable.Range(0, count)
        .Select(static index => (IReadOnlyList<Interaction>)[SampleInteraction.Create(time: SampleInteraction.Noon + index)]);

    private static Task RunAsync(
        IEnumerable<IReadOnlyList<Interaction>> chunks,
        int workers,
        Action<IReadOnlyList<Interaction>, EncodedRows> take,
        CancellationTokenSource? cancellation = null)
    {
        var pipeline = new EncodePipeline<IReadOnlyList<Interaction>>(
            static () => new InteractionListEncoder(new(ContentPolicy.Default)), workers);
        return pipeline.RunAsync(
            chunks.ToAsyncEnumerable(),
            (chunk, rows) =>
            {
                take(chunk, rows);
                return ValueTask.CompletedTask;
            },
            cancellation?.Token ?? TestContext.Current.CancellationToken);
    }
}
