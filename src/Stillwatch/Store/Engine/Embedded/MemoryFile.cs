using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Stillwatch.Store.Engine.Embedded;

/// <summary>
/// A file in memory without a name (memfd_create), which the engine in this process opens by its descriptor. A block to insert goes through
/// it because libchdb cuts inline binary data at an empty line without an error. It needs no room in /dev/shm, and a killed process leaves
/// nothing behind.
/// </summary>
internal sealed partial class MemoryFile : IDisposable
{
    private const uint CloseOnExec = 1;

    private readonly SafeFileHandle _handle;

    private MemoryFile(SafeFileHandle handle) => _handle = handle;

    /// <summary>The path under which this process, and no other, opens it.</summary>
    internal string Path => string.Create(CultureInfo.InvariantCulture, $"/proc/self/fd/{_handle.DangerousGetHandle()}");

    /// <exception cref="StoreUnavailableException">The system has no memory or no file descriptor left.</exception>
    internal static MemoryFile Holding(ColumnBlock block)
    {
        var descriptor = Create("stillwatch-block", CloseOnExec);
        if (descriptor < 0)
        {
            throw new StoreUnavailableException(
                $"No memory file for a block of rows can be made ({Marshal.GetLastPInvokeErrorMessage()}); " +
                "allow the process more files or memory.");
        }

        var file = new MemoryFile(new(descriptor, ownsHandle: true));
        try
        {
            file.Write(block);
            return file;
        }
        catch (IOException e)
        {
            file.Dispose();
            throw new StoreUnavailableException(
                $"No memory is left for a block of {block.ByteCount >> 20} MiB ({e.Message}); give more, or insert smaller blocks.",
                e);
        }
    }

    public void Dispose() => _handle.Dispose();

    private void Write(ColumnBlock block)
    {
        var offset = 0L;
        foreach (var part in block.Encode())
        {
            RandomAccess.Write(_handle, part.Span, offset);
            offset += part.Length;
        }
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Create(string name, uint flags);
}
