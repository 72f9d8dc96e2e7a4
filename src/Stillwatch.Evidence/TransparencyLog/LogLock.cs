using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Stillwatch.Evidence.Storage;

namespace Stillwatch.Evidence.TransparencyLog;

/// <summary>One process at a time: an exclusive flock(2), which the kernel gives back when its holder ends, however it ends.</summary>
internal sealed class LogLock : IDisposable
{
    private readonly SafeFileHandle _file;

    private LogLock(SafeFileHandle file) => _file = file;

    /// <summary>Takes the lock; the file stays when it is given back.</summary>
    /// <exception cref="LogBusyException">Another process, or another writer of this one, holds it.</exception>
    public static LogLock Take(string path)
    {
        var file = LibC.OpenLockFile(path);
        if (LibC.Flock(file, LibC.LockExclusive | LibC.LockNonBlocking) == 0)
        {
            return new(file);
        }

        var failure = Marshal.GetLastPInvokeError() == LibC.WouldBlock
            ? new LogBusyException($"{path} is locked: another process writes here.")
            : LibC.Failure("flock", path);
        file.Dispose();
        throw failure;
    }

    /// <summary>Gives the lock back. Closing alone would not while a child between fork and exec has the file too.</summary>
    public void Dispose()
    {
        if (!_file.IsClosed)
        {
            _ = LibC.Flock(_file, LibC.Unlock);
            _file.Dispose();
        }
    }
}
