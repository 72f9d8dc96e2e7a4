namespace Stillwatch.Cli.Output;

/// <summary>Where a verb's result goes: a file, which then appears whole or not at all, or standard output.</summary>
internal static class ResultTarget
{
    /// <summary>Writes a result.</summary>
    /// <param name="path">A file; null or "-" is standard output. A device or a pipe is written in place, not replaced.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="cancellation">Leaves the file as it was.</param>
    public static async Task WriteAsync(string? path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation)
    {
        if (path is null or "-")
        {
            await WriteStandardOutputAsync(write, cancellation);
            return;
        }

        Check(path);
        var file = new FileInfo(path);
        var target = (file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) ?? file).FullName;
        await (IsDeviceOrPipe(target) ? WriteInPlaceAsync(path, write, cancellation) : ReplaceAsync(target, write, cancellation));
    }

    /// <summary>Whether a result can go there, asked before long work: what is certain to fail later fails now.</summary>
    /// <param name="path">A file; null or "-" is standard output.</param>
    /// <exception cref="UnusableException">It is a directory, or there is no directory for it.</exception>
    public static void Check(string? path)
    {
        if (path is null or "-")
        {
            return;
        }

        if (Directory.Exists(path))
        {
            throw new UnusableException($"{path} is a directory; name a file to write.");
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory && !Directory.Exists(directory))
        {
            throw new UnusableException($"{path} cannot be written: there is no directory {directory}.");
        }
    }

    private static async Task WriteStandardOutputAsync(Func<Stream, CancellationToken, Task> write, CancellationToken cancellation)
    {
        // A reader that has seen enough (| head) closes its end; the runtime's console stream then drops what follows.
        await using var console = new BufferedStream(Console.OpenStandardOutput(), bufferSize: 1 << 16);
        await write(console, cancellation);
        await console.FlushAsync(cancellation);
    }

    private static bool IsDeviceOrPipe(string target)
    {
        if (target.StartsWith("/dev/", StringComparison.Ordinal) || target.StartsWith("/proc/", StringComparison.Ordinal))
        {
            return true;
        }

        if (!File.Exists(target))
        {
            return false;
        }

        using var existing = File.Open(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        return !existing.CanSeek;
    }

    private static async Task WriteInPlaceAsync(string path, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation)
    {
        await using var device = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        await write(device, cancellation);
    }

    private static async Task ReplaceAsync(string target, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation)
    {
        var partial = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Environment.ProcessId}.partial");
        try
        {
            await WritePartialAsync(partial, write, cancellation);
            KeepMode(target, partial);
            File.Move(partial, target, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    private static async Task WritePartialAsync(
        string partial, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation)
    {
        await using var file = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None);
        await write(file, cancellation);
        file.Flush(flushToDisk: true);
    }

    private static void KeepMode(string target, string partial)
    {
        if (File.Exists(target))
        {
            File.SetUnixFileMode(partial, File.GetUnixFileMode(target));
        }
    }
}
