namespace Stillwatch.Gateway.Hosting;

/// <summary>The snapshot in use, and whether the gateway is being stopped. Safe to use from many threads.</summary>
public sealed class GatewayState : IDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private GatewaySnapshot _current;
    private bool _isStopping;

    /// <param name="snapshot">The first snapshot.</param>
    public GatewayState(GatewaySnapshot snapshot) => _current = snapshot;

    /// <summary>The snapshot in use.</summary>
    public GatewaySnapshot Current => Volatile.Read(ref _current);

    /// <summary>Whether no new requests are admitted.</summary>
    public bool IsStopping => Volatile.Read(ref _isStopping);

    /// <summary>Cancelled when requests in progress have to end now.</summary>
    public CancellationToken Ending => _ending.Token;

    /// <summary>Puts another snapshot in use.</summary>
    internal void Replace(GatewaySnapshot snapshot) => Volatile.Write(ref _current, snapshot);

    /// <summary>Admits nothing more.</summary>
    internal void BeginStop() => Volatile.Write(ref _isStopping, true);

    /// <summary>Ends what is in progress.</summary>
    internal Task EndAsync() => _ending.CancelAsync();

    /// <inheritdoc/>
    public void Dispose() => _ending.Dispose();
}
