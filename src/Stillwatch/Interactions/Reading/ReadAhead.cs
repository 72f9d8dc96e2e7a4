using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Stillwatch.Interactions.Reading;

/// <summary>Enumerates on a thread of its own, a little ahead of its consumer.</summary>
internal static class ReadAhead
{
    private const int BatchesAhead = 2;

    /// <summary>The items of all batches in order. What the enumeration throws comes out after the items before it.</summary>
    /// <param name="batches">Enumerated on another thread, and no further once the consumer stops.</param>
    /// <param name="cancellationToken">Ends both sides.</param>
    public static async IAsyncEnumerable<T> Enumerate<T>(
        IEnumerable<IReadOnlyList<T>> batches, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var channel = Channel.CreateBounded<IReadOnlyList<T>>(BatchesAhead);
        var producer = Task.Run(() => Produce(batches, channel.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (var item in batch)
                {
                    yield return item;
                }
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await producer.ConfigureAwait(false);
        }
    }

    private static async Task Produce<T>(
        IEnumerable<IReadOnlyList<T>> batches, ChannelWriter<IReadOnlyList<T>> channel, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            foreach (var batch in batches)
            {
                await channel.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            failure = e;
        }

        channel.Complete(failure);
    }
}
