using System.Security.Cryptography;
using Stillwatch.Gateway.Dialects;

namespace Stillwatch.Gateway.Hosting;

/// <summary>Holds back what a connection is told of bad keys, from its fifth one on.</summary>
/// <remarks>
/// A flood of bad keys would make honest requests wait for the processor. Who waits for the reply before the next try gets no more than
/// <c>1 / hold</c> tries a second from each connection, so a flood of the same rate takes that many more connections. Each wait is half to
/// one and a half times as long as configured, so that those who began together do not come back together. A request with a good key is
/// never held, whatever else its connection or its address did.
/// </remarks>
internal sealed class RefusalHold
{
    /// <summary>How many bad keys of a connection are refused at once: people mistype, and programs try again.</summary>
    public const int FreeRefusals = 4;

    private const int Parts = 1 << 20;

    private int _refused;

    /// <summary>Waits, if what is now refused is one bad key too many.</summary>
    /// <param name="arrival">The request.</param>
    /// <param name="refusal">Why it is refused.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ending">Ends the wait when the gateway stops.</param>
    public static async ValueTask WaitAsync(Arrival arrival, Refusal refusal, TimeProvider time, CancellationToken ending)
    {
        var (http, hold) = (arrival.Http, arrival.Snapshot.Options.Limits.BadKeyHold);
        if (refusal.Reason is not RefusalReason.Unauthenticated || hold <= TimeSpan.Zero
            || http.Features.Get<RefusalHold>() is not { } connection
            || Interlocked.Increment(ref connection._refused) <= FreeRefusals)
        {
            return;
        }

        // Never wrapped around, however long a connection lives.
        Volatile.Write(ref connection._refused, FreeRefusals);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, ending);
        var wait = hold * (0.5 + (RandomNumberGenerator.GetInt32(Parts) / (double)Parts));
        await Task.Delay(wait, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
