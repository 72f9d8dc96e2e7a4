namespace Stillwatch.Store.Engine;

/// <summary>
/// Bounds one statement by the caller's token and the timeout; when either ends it, kills the statement again and again until the statement
/// is over, since a kill that comes before the engine has registered the statement finds nothing.
/// </summary>
internal sealed class OperationLimit : IAsyncDisposable
{
    private static readonly TimeSpan KillInterval = TimeSpan.FromMilliseconds(100);

    private readonly EngineOptions _options;
    private readonly CancellationToken _caller;
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _either;
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenRegistration _registration;
    private readonly Func<Task> _kill;
    private Task _killing = Task.CompletedTask;

    /// <param name="options">The timeout and its clock.</param>
    /// <param name="kill">Tells the engine to stop the statement; must not throw and must return soon.</param>
    /// <param name="caller">The caller's token.</param>
    internal OperationLimit(EngineOptions options, Func<Task> kill, CancellationToken caller)
    {
        (_options, _kill, _caller) = (options, kill, caller);
        _timeout = new(options.OperationTimeout, options.Time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(caller, _timeout.Token);
        Token = _either.Token;
        _registration = Token.UnsafeRegister(static limit => ((OperationLimit)limit!).StartKilling(), this);
    }

    /// <summary>Ends with the caller's token or the timeout.</summary>
    internal CancellationToken Token { get; }

    public async ValueTask DisposeAsync()
    {
        await _registration.DisposeAsync().ConfigureAwait(false);
        await _over.CancelAsync().ConfigureAwait(false);
        await _killing.ConfigureAwait(false);
        _either.Dispose();
        _timeout.Dispose();
        _over.Dispose();
    }

    /// <summary>What the caller is told when the statement ended by this limit.</summary>
    internal Exception Ended(Exception cause) => _caller.IsCancellationRequested
        ? new OperationCanceledException("The statement was cancelled.", cause, _caller)
        : new TimeoutException(
            $"The statement took longer than the {_options.OperationTimeout} that EngineOptions.OperationTimeout allows.", cause);

    private void StartKilling() => _killing = Task.Run(KillUntilOverAsync);

    private async Task KillUntilOverAsync()
    {
        do
        {
            await _kill().ConfigureAwait(false);
            await Task.Delay(KillInterval, _options.Time, _over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!_over.IsCancellationRequested);
    }
}
