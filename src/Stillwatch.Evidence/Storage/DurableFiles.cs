namespace Stillwatch.Evidence.Storage;

/// <summary>Puts files into a directory tree so that they survive a loss of power, whole or not at all.</summary>
/// <remarks>
/// Each file is written and flushed under a temporary name, then renamed; then every directory that got a name is flushed. A reader sees
/// the old content or the new, never a part. Not thread-safe; the files of one call are written in parallel.
/// </remarks>
internal sealed class DurableFiles
{
    private const int Parallelism = 8;

    private readonly string _root;
    private readonly string _temporary;
    private readonly HashSet<string> _known = [];

    /// <param name="operations">The disk.</param>
    /// <param name="root">An existing directory, above which nothing is made.</param>
    /// <param name="temporary">A directory for temporary files, below the root and on the same file system.</param>
    public DurableFiles(IFileOperations operations, string root, string temporary)
    {
        Operations = operations;
        _root = root;
        _temporary = temporary;
        _known.Add(root);
    }

    public IFileOperations Operations { get; }

    /// <summary>Makes the directory for temporary files.</summary>
    public void Prepare() => EnsureDirectory(_temporary);

    /// <summary>Removes what a killed process left half written.</summary>
    public void RemoveTemporary()
    {
        foreach (var name in Operations.List(_temporary))
        {
            Operations.Delete(Path.Combine(_temporary, name));
        }
    }

    /// <summary>Writes one file.</summary>
    public void Put(string path, byte[] content) => Put([(path, content)]);

    /// <summary>Writes files; on return all of them are on the disk. If it throws, any of them may be there, each of them whole.</summary>
    public void Put(IReadOnlyList<(string Path, byte[] Content)> files)
    {
        var directories = files.Select(file => Path.GetDirectoryName(file.Path)!).Distinct().ToList();
        directories.ForEach(EnsureDirectory);
        ForEach(files.Count, number =>
        {
            var temporary = Path.Combine(_temporary, number.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Operations.Write(temporary, files[number].Content);
            Operations.Rename(temporary, files[number].Path);
        });
        ForEach(directories.Count, number => Operations.FlushDirectory(directories[number]));
    }

    private static void ForEach(int count, Action<int> action)
    {
        if (count == 1)
        {
            action(0);
            return;
        }

        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Parallelism }, action);
        }
        catch (AggregateException failures)
        {
            throw failures.InnerExceptions[0];
        }
    }

    private void EnsureDirectory(string path)
    {
        if (_known.Contains(path))
        {
            return;
        }

        var parent = Path.GetDirectoryName(path)!;
        EnsureDirectory(parent);
        if (!Operations.DirectoryExists(path))
        {
            Operations.CreateDirectory(path);
        }

        // Also of one that exists: who made it may have died before its name was on the disk.
        Operations.FlushDirectory(parent);
        _known.Add(path);
    }
}
