using System.Runtime.InteropServices;
using Stillwatch.Cli.Output;

namespace Stillwatch.Cli;

/// <summary>
/// Turns SIGINT and SIGTERM into a cancellation, so that a verb can close its store and drop half-written files. A second signal,
/// or a verb that does not end within its time (<see cref="VerbCommand.Grace"/>), ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>How long a cancelled verb may take to end, unless it says otherwise.</summary>
    public static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _source = new();
    private readonly Terminal _terminal;
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private int _status;

    public Interruption(Terminal terminal)
    {
        _terminal = terminal;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, ExitStatus.Interrupted));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, ExitStatus.Terminated));
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The exit status that says which signal came; 0 while none has.</summary>
    public int Status => Volatile.Read(ref _status);

    /// <summary>Awaits a verb; after a signal, at most so much longer.</summary>
    public async Task<int> AwaitAsync(Task<int> verb, TimeSpan grace)
    {
        var stopped = new TaskCompletionSource();
        await using var registration = Token.Register(stopped.SetResult);
        if (await Task.WhenAny(verb, stopped.Task) != verb && await Task.WhenAny(verb, Task.Delay(grace)) != verb)
        {
            LeaveAtOnce(Status);
        }

        return await verb;
    }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context, int status)
    {
        context.Cancel = true;
        if (Interlocked.CompareExchange(ref _status, status, 0) != 0)
        {
            LeaveAtOnce(status);
        }

        _terminal.Note("stopping; press Ctrl-C again to stop at once");
        _source.Cancel();
    }

    /// <summary>Runs no exit handler: those of a native engine in the middle of a query would crash.</summary>
    private void LeaveAtOnce(int status)
    {
        _terminal.Restore();
        Exit(status);
    }

    [DllImport("libc", EntryPoint = "_exit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void Exit(int status);
}
