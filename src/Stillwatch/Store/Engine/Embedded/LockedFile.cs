using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Stillwatch.Store.Engine.Embedded;

/// <summary>A file that another process has locked: .NET's own ways of opening ask for a lock, and fail.</summary>
internal static partial class LockedFile
{
    private const int ReadOnlyCloseOnExec = 0x80000;

    /// <summary>The first line; null if it cannot be read.</summary>
    internal static string? FirstLine(string path)
    {
        var descriptor = Open(path, ReadOnlyCloseOnExec);
        if (descriptor < 0)
        {
            return null;
        }

        using var stream = new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.Read);
        using var reader = new StreamReader(stream);
        return reader.ReadLine();
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
