using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Stillwatch.Evidence.Storage;

/// <summary>System calls that .NET does not offer, or whose errors it drops: fsync of directories, and flock.</summary>
internal static partial class LibC
{
    internal const int LockExclusive = 2;
    internal const int LockNonBlocking = 4;
    internal const int Unlock = 8;

    /// <summary>EWOULDBLOCK: another open file holds the lock.</summary>
    internal const int WouldBlock = 11;

    private const int ReadOnly = 0;
    private const int ReadWrite = 2;
    private const int Create = 0x40;
    private const int Directory = 0x10000;
    private const int CloseOnExec = 0x80000;
    private const int OwnerOnly = 0x180;

    internal static SafeFileHandle OpenDirectory(string path) => OpenHandle(path, ReadOnly | Directory, 0);

    /// <summary>Opens a file to be locked, or makes it, for its owner alone; .NET would put a lock of its own on it.</summary>
    internal static SafeFileHandle OpenLockFile(string path) => OpenHandle(path, ReadWrite | Create, OwnerOnly);

    internal static void FlushToDisk(SafeFileHandle handle, string path)
    {
        if (FSync(handle) != 0)
        {
            throw Failure("fsync", path);
        }
    }

    /// <summary>Flushes a file's content, and of the rest only what is needed to read it again.</summary>
    internal static void FlushContent(SafeFileHandle handle, string path)
    {
        if (FDataSync(handle) != 0)
        {
            throw Failure("fdatasync", path);
        }
    }

    /// <summary>Says which call failed on which path, and why.</summary>
    internal static IOException Failure(string call, string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new($"{call} of {path} failed: {Marshal.GetPInvokeErrorMessage(error)}.", error);
    }

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    internal static partial int Flock(SafeFileHandle file, int operation);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FDataSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string path, int flags, int mode);

    private static SafeFileHandle OpenHandle(string path, int flags, int mode)
    {
        var handle = new SafeFileHandle(Open(path, flags | CloseOnExec, mode), ownsHandle: true);
        return handle.IsInvalid ? throw Failure("open", path) : handle;
    }
}
