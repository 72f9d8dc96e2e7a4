using System.Runtime.InteropServices;

namespace Stillwatch.Store.Engine.Embedded;

/// <summary>
/// The process's handlers of signals, saved before libchdb connects and given back after. libchdb takes the signals of faults (SIGSEGV,
/// SIGFPE, SIGILL, SIGBUS, SIGABRT, SIGTRAP, SIGSYS), and then .NET can no longer turn a null reference into an exception: the process
/// dies. It takes SIGRTMIN too, by which .NET stops its threads: a garbage collection then waits forever for a thread in a loop.
/// </summary>
/// <remarks>
/// Only signals whose handler lies in libchdb after the call are given back, as another thread may have set its own meanwhile. Between the
/// two moments (about 0.1 s, once) a fault in another thread still ends the process. libchdb loses its own reports of crashes and the table
/// system.stack_trace.
/// </remarks>
internal sealed unsafe partial class SignalHandlers
{
    /// <summary>Signals are 1 to 64 on Linux; glibc keeps two of them to itself and refuses to tell.</summary>
    private const int Count = 64;

    /// <summary>More than glibc's struct sigaction, which has 152 bytes on x86-64 and begins with the address of the handler.</summary>
    private const int ActionBytes = 256;

    private readonly byte[] _actions = new byte[(Count + 1) * ActionBytes];

    private SignalHandlers()
    {
    }

    internal static SignalHandlers Save()
    {
        var handlers = new SignalHandlers();
        fixed (byte* actions = handlers._actions)
        {
            for (var signal = 1; signal <= Count; signal++)
            {
                _ = SignalAction(signal, null, actions + (signal * ActionBytes));
            }
        }

        return handlers;
    }

    /// <summary>Gives back every signal that the library has taken.</summary>
    internal void RestoreTakenBy(LibChdb library)
    {
        var now = stackalloc byte[ActionBytes];
        fixed (byte* actions = _actions)
        {
            for (var signal = 1; signal <= Count; signal++)
            {
                if (SignalAction(signal, null, now) == 0 && library.Holds(*(nint*)now))
                {
                    ThrowIfFailed(SignalAction(signal, actions + (signal * ActionBytes), null), signal);
                }
            }
        }
    }

    private static void ThrowIfFailed(int result, int signal)
    {
        if (result != 0)
        {
            throw new InvalidOperationException(
                $"The handler of signal {signal} could not be given back to .NET (errno {Marshal.GetLastPInvokeError()}).");
        }
    }

    [LibraryImport("libc", EntryPoint = "sigaction", SetLastError = true)]
    private static partial int SignalAction(int signal, byte* action, byte* previous);
}
