using System.Text;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Tests.Interactions.Reading;

public sealed class InteractionReaderTests
{
    private static readonly string Log = string.Concat(Enumerable.Range(0, 1000).Select(static i => new RandomRecord(i).Write() + "\n"));

    [Fact]
    public async Task ReadAsync_SeveralFiles_GivesAllInOrder()
    {
        var read = await Reader(new InputFaults()).ReadAsync([File(0, Log), File(1, Log)], TestContext.Current.CancellationToken)
            .Select(static i => i.Id).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 2000).Select(static i => $"id-{i % 1000}"), read);
    }

    [Fact]
    public async Task ReadAsync_ConsumerThatStops_EndsTheReading()
    {
        var first = await Reader(new InputFaults()).ReadAsync([File(0, Log)], TestContext.Current.CancellationToken)
            .FirstAsync(TestContext.Current.CancellationToken);
        Assert.Equal("id-0", first.Id);
    }

    [Fact]
    public async Task ReadAsync_Cancelled_Throws()
    {
        using var cancel = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in Reader(new InputFaults()).ReadAsync([File(0, Log)], cancel.Token))
            {
                await cancel.CancelAsync();
            }
        });
    }

    [Fact]
    public async Task ReadAsync_Strict_GivesWhatCameBeforeAndThrowsTheFault()
    {
        var read = 0;
        var e = await Assert.ThrowsAsync<InputFaultException>(async () =>
        {
            var options = new ReaderOptions { ChunkBytes = 64 };
            var reader = new InteractionReader(options, new InputFaults(strict: true), FixedTime.Instance);
            await foreach (var _ in reader.ReadAsync([File(0, Log + "{\n" + Log)], TestContext.Current.CancellationToken))
            {
                read++;
            }
        });
        Assert.InRange(read, 990, 1000);
        Assert.Equal(1001, e.Fault!.Position.Line);
    }

    private static InteractionReader Reader(InputFaults faults) => new(new ReaderOptions { ChunkBytes = 4096 }, faults, FixedTime.Instance);

    private static InputFile File(int ordinal, string text) => InputFile.FromBytes(ordinal, $"f{ordinal}", Encoding.UTF8.GetBytes(text));
}
