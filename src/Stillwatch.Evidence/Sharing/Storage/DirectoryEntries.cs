using System.Runtime.InteropServices;

namespace Stillwatch.Evidence.Sharing.Storage;

/// <summary>Makes names in a directory durable: a new file's content may be on the disk while its name is not (fsync(2)).</summary>
internal static partial class DirectoryEntries
{
    /// <summary>O_RDONLY | O_DIRECTORY | O_CLOEXEC.</summary>
    private const int ReadOnlyDirectory = 0x90000;

    /// <exception cref="IOException">The directory cannot be opened or written through.</exception>
    public static void Flush(string directory)
    {
        var descriptor = Open(directory, ReadOnlyDirectory);
        var failed = descriptor < 0 || Fsync(descriptor) != 0;
        var error = Marshal.GetLastPInvokeErrorMessage();
        if (descriptor >= 0)
        {
            _ = Close(descriptor);
        }

        if (failed)
        {
            throw new IOException($"{directory} cannot be written through to the disk: {error}.");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
