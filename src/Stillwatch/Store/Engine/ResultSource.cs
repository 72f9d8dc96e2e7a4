namespace Stillwatch.Store.Engine;

/// <summary>Where the bytes of a result come from, window by window.</summary>
internal abstract class ResultSource : IAsyncDisposable
{
    /// <summary>
    /// The next bytes, with the tail of the window before in front of them. The tail lies in that window, whose memory is gone afterwards.
    /// </summary>
    /// <returns>A window longer than the tail, valid until the next call; an empty one if and only if no byte follows.</returns>
    /// <exception cref="ClickHouseException">The query failed on its way.</exception>
    /// <exception cref="OperationCanceledException">The query was cancelled.</exception>
    internal abstract NativeSpan Next(NativeSpan tail);

    public abstract ValueTask DisposeAsync();
}
