using Stillwatch.Evidence.Storage;

namespace Stillwatch.Evidence.Tests.TransparencyLog;

/// <summary>
/// A disk that loses power before a given operation. What a directory holds is safe only once that directory was flushed: of the names
/// that changed since, a random part is as it was before. The content of files is safe, as every write flushes it, but for the write
/// that the power went in.
/// </summary>
internal sealed class PowerLossFiles(int lastOperation, Random random) : IFileOperations
{
    private readonly Lock _lock = new();
    private readonly List<(string Directory, string Path, byte[]? Before)> _unsafe = [];
    private readonly List<(string Parent, string Path)> _unsafeDirectories = [];
    private readonly List<(string Path, byte[] Content)> _shown = [];
    private int _count;

    /// <summary>Whether the power went before the work was done.</summary>
    public bool IsOff => _count > lastOperation;

    /// <summary>Writes that the loss of power met.</summary>
    public int Torn { get; private set; }

    /// <summary>Every content that a name ever had, for what readers may have seen.</summary>
    public IEnumerable<byte[]> Shown(string path) => _shown.Where(shown => shown.Path == path).Select(shown => shown.Content);

    /// <summary>Takes back what was not safe, or part of it.</summary>
    public void LosePower()
    {
        var lost = _unsafe.AsEnumerable().Reverse().Where(_ => random.Next(2) == 0).DistinctBy(change => change.Path);
        foreach (var (_, path, before) in lost)
        {
            Restore(path, before);
        }

        foreach (var (_, path) in _unsafeDirectories.AsEnumerable().Reverse().Where(made => Directory.Exists(made.Path)))
        {
            if (random.Next(2) == 0)
            {
                Directory.Delete(path, recursive: true);
            }
        }
    }

    public byte[]? Read(string path, int maxBytes) => Do(() => DiskFiles.Instance.Read(path, maxBytes));

    public IReadOnlyList<string> List(string directory) => Do(() => DiskFiles.Instance.List(directory));

    public bool DirectoryExists(string path) => DiskFiles.Instance.DirectoryExists(path);

    public void CreateDirectory(string path) => Do(() =>
    {
        DiskFiles.Instance.CreateDirectory(path);
        _unsafeDirectories.Add((Path.GetDirectoryName(path)!, path));
        return true;
    });

    public void Write(string path, ReadOnlySpan<byte> content)
    {
        var bytes = content.ToArray();
        Do(() =>
        {
            DiskFiles.Instance.Write(path, bytes);
            return true;
        });
    }

    public long? Length(string path) => Do(() => DiskFiles.Instance.Length(path));

    /// <summary>The write that the loss of power meets leaves sectors of it behind, in any choice.</summary>
    public void WriteAt(string path, long offset, ReadOnlySpan<byte> content)
    {
        const int Sector = 512;
        var bytes = content.ToArray();
        Do(
            () =>
            {
                DiskFiles.Instance.WriteAt(path, offset, bytes);
                return true;
            },
            () =>
            {
                for (var at = 0; at < bytes.Length; at += Sector)
                {
                    if (random.Next(2) == 0)
                    {
                        DiskFiles.Instance.WriteAt(path, offset + at, bytes.AsSpan(at, Math.Min(Sector, bytes.Length - at)));
                    }
                }

                Torn++;
            });
    }

    public void Rename(string path, string newPath) => Do(() =>
    {
        _unsafe.Add((Path.GetDirectoryName(newPath)!, newPath, Content(newPath)));
        DiskFiles.Instance.Rename(path, newPath);
        _shown.Add((newPath, Content(newPath)!));
        return true;
    });

    public void FlushDirectory(string path) => Do(() =>
    {
        DiskFiles.Instance.FlushDirectory(path);
        _unsafe.RemoveAll(change => change.Directory == path);
        _unsafeDirectories.RemoveAll(made => made.Parent == path);
        return true;
    });

    public void Delete(string path) => Do(() =>
    {
        _unsafe.Add((Path.GetDirectoryName(path)!, path, Content(path)));
        DiskFiles.Instance.Delete(path);
        return true;
    });

    public void DeleteDirectory(string path) => Do(() =>
    {
        DiskFiles.Instance.DeleteDirectory(path);
        return true;
    });

    private static byte[]? Content(string path) => File.Exists(path) ? File.ReadAllBytes(path) : null;

    private static void Restore(string path, byte[]? before)
    {
        if (before is null)
        {
            File.Delete(path);
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, before);
    }

    private T Do<T>(Func<T> action, Action? torn = null)
    {
        lock (_lock)
        {
            if (++_count <= lastOperation)
            {
                return action();
            }

            if (_count == lastOperation + 1)
            {
                torn?.Invoke();
            }

            throw new IOException("The power is off.");
        }
    }
}
