using System.Runtime.InteropServices;

namespace Stillwatch.Store.Engine.Embedded;

/// <summary>
/// The process's handlers of the signals that a fault raises. libchdb puts its own in their place when it connects, and then .NET can no
/// longer turn a null reference or a division by zero into an exception: the process dies. Saved before and restored after, they keep both
/// alive; the engine's own reports of a crash are lost, .NET's are kept.
/// </summary>
internal sealed unsafe partial class FaultHandlers
{
    /// <summary>More than the size of glibc's struct sigaction, which is 152 bytes on x86-64.</summary>
    private const int ActionBytes = 256;

    /// <summary>SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV.</summary>
    private static readonly int[] Signals = [4, 5, 6, 7, 8, 11];

    private readonly byte[] _actions = new byte[Signals.Length * ActionBytes];

    private FaultHandlers()
    {
    }

    internal static FaultHandlers Save()
    {
        var handlers = new FaultHandlers();
        for (var i = 0; i < Signals.Length; i++)
        {
            fixed (byte* action = &handlers._actions[i * ActionBytes])
            {
                ThrowIfFailed(SignalAction(Signals[i], null, action));
            }
        }

        return handlers;
    }

    internal void Restore()
    {
        for (var i = 0; i < Signals.Length; i++)
        {
            fixed (byte* action = &_actions[i * ActionBytes])
            {
                ThrowIfFailed(SignalAction(Signals[i], action, null));
            }
        }
    }

    private static void ThrowIfFailed(int result)
    {
        if (result != 0)
        {
            throw new InvalidOperationException($"sigaction failed with errno {Marshal.GetLastPInvokeError()}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "sigaction", SetLastError = true)]
    private static partial int SignalAction(int signal, byte* action, byte* previous);
}
