using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Stillwatch.Cli;

/// <summary>
/// Keeps standard input for the verb that asks for it. The embedded engine looks at descriptor 0 too: it takes what waits there for the
/// rows of an INSERT. So descriptor 0 becomes a pipe into which nobody writes, and the real input stays behind another number.
/// </summary>
internal static class StandardInput
{
    private const int Descriptor = 0;
    private const int CloseOnExec = 0x80000;
    private const int DuplicateCloseOnExec = 1030;

    private static int _input = -1;
    private static bool _taken;

    /// <summary>Moves the input away; before any engine is opened.</summary>
    public static void Detach()
    {
        Span<int> pipe = stackalloc int[2];
        _input = Duplicate(Descriptor, DuplicateCloseOnExec, Descriptor + 3);
        if (CreatePipe(ref MemoryMarshal.GetReference(pipe), CloseOnExec) != 0 || Duplicate(pipe[0], Descriptor) < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>Opens the input; at its end at once if the process was started without one.</summary>
    /// <exception cref="UnusableException">It was opened before: what was read is gone.</exception>
    public static Stream Open()
    {
        if (_taken)
        {
            throw new UnusableException("- names standard input, which can be read only once; give the other input as a file.");
        }

        _taken = true;
        return _input < 0 ? Stream.Null : new FileStream(new SafeFileHandle(_input, ownsHandle: false), FileAccess.Read, bufferSize: 0);
    }

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Duplicate(int descriptor, int command, int atLeast);

    [DllImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int CreatePipe(ref int ends, int flags);

    [DllImport("libc", EntryPoint = "dup2", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Duplicate(int descriptor, int onto);
}
