using Microsoft.Win32.SafeHandles;

namespace Stillwatch.Evidence.Storage;

/// <summary>Makes what a file holds durable, without what is not needed to read it again (fdatasync(2)).</summary>
/// <remarks>
/// fsync(2) would bring the time of the last change to the disk as well. That makes the file system commit its own journal, and while
/// it does, whoever touches a fresh page of a mapped file can wait for milliseconds.
/// </remarks>
public static class FileContent
{
    /// <summary>Brings the content to the disk.</summary>
    /// <param name="file">The file.</param>
    /// <param name="path">Its name in the message of a failure.</param>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public static void Flush(SafeFileHandle file, string path) => LibC.FlushContent(file, path);
}
