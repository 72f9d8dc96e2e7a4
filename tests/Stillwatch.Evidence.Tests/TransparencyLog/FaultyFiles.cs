using Stillwatch.Evidence.Storage;

namespace Stillwatch.Evidence.Tests.TransparencyLog;

/// <summary>The real disk, on which one operation, counted from 1, goes wrong once.</summary>
internal sealed class FaultyFiles(int failing, FileFault fault) : IFileOperations
{
    private int _count;

    /// <summary>Which operation failed; null as long as none has.</summary>
    public string? Failed { get; private set; }

    public byte[]? Read(string path, int maxBytes)
    {
        byte[]? content = null;
        Do($"read {path}", () => content = DiskFiles.Instance.Read(path, maxBytes));
        return content;
    }

    public IReadOnlyList<string> List(string directory)
    {
        IReadOnlyList<string> names = [];
        Do($"list {directory}", () => names = DiskFiles.Instance.List(directory));
        return names;
    }

    public bool DirectoryExists(string path) => DiskFiles.Instance.DirectoryExists(path);

    public void CreateDirectory(string path) => Do($"mkdir {path}", () => DiskFiles.Instance.CreateDirectory(path));

    public void Write(string path, ReadOnlySpan<byte> content)
    {
        var bytes = content.ToArray();
        var half = bytes[..(bytes.Length / 2)];
        Do($"write {path}", () => DiskFiles.Instance.Write(path, bytes), () => DiskFiles.Instance.Write(path, half));
    }

    public long? Length(string path)
    {
        long? length = null;
        Do($"stat {path}", () => length = DiskFiles.Instance.Length(path));
        return length;
    }

    public void WriteAt(string path, long offset, ReadOnlySpan<byte> content)
    {
        var bytes = content.ToArray();
        var half = bytes[..(bytes.Length / 2)];
        Do(
            $"pwrite {path}",
            () => DiskFiles.Instance.WriteAt(path, offset, bytes),
            () => DiskFiles.Instance.WriteAt(path, offset, half));
    }

    public void Rename(string path, string newPath) => Do($"rename to {newPath}", () => DiskFiles.Instance.Rename(path, newPath));

    public void FlushDirectory(string path) => Do($"fsync {path}", () => DiskFiles.Instance.FlushDirectory(path));

    public void Delete(string path) => Do($"unlink {path}", () => DiskFiles.Instance.Delete(path));

    public void DeleteDirectory(string path) => Do($"rmdir {path}", () => DiskFiles.Instance.DeleteDirectory(path));

    private void Do(string what, Action action, Action? half = null)
    {
        if (Interlocked.Increment(ref _count) != failing)
        {
            action();
            return;
        }

        Failed = what;
        if (fault == FileFault.Done)
        {
            action();
        }
        else if (fault == FileFault.Torn)
        {
            half?.Invoke();
        }

        throw new IOException($"planted: {what}");
    }
}
