using System.Text.RegularExpressions;

namespace Stillwatch.Evidence.Dossiers;

/// <summary>The files of a dossier in memory: names that can do no harm, sizes that are bounded, each name once.</summary>
public sealed partial class DossierFiles
{
    /// <summary>Files of a dossier at most.</summary>
    public const int MaxFiles = 20_000;

    /// <summary>Bytes of one file at most.</summary>
    public const int MaxFileBytes = 64 << 20;

    /// <summary>Bytes of all files at most.</summary>
    public const long MaxBytes = 256L << 20;

    private readonly SortedDictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>The names, in ordinal order.</summary>
    public IReadOnlyCollection<string> Names => _files.Keys;

    /// <summary>Reads a folder, or a zip file as <see cref="StoredZip"/> has it.</summary>
    /// <exception cref="InvalidDataException">A name is harmful or comes twice, a bound is passed, or it is no such zip file.</exception>
    public static DossierFiles Read(string path)
    {
        if (Directory.Exists(path))
        {
            return ReadFolder(new DirectoryInfo(path));
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (file.Length > MaxBytes + StoredZip.OverheadOf(MaxFiles))
        {
            throw new InvalidDataException($"{path} has {file.Length} bytes; a dossier has at most {MaxBytes}.");
        }

        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        try
        {
            return StoredZip.Read(bytes);
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"{path}: {fault.Message}", fault);
        }
    }

    /// <summary>Adds a file.</summary>
    /// <exception cref="InvalidDataException">The name is harmful or there already, or a bound is passed.</exception>
    public void Add(string name, byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (!Harmless().IsMatch(name))
        {
            throw new InvalidDataException($"The dossier has a file whose name it may not have: '{Shown(name)}'.");
        }

        Reserve(name, content.Length);
        if (!_files.TryAdd(name, content))
        {
            throw new InvalidDataException($"The dossier has two files with the name '{name}'.");
        }
    }

    /// <summary>The content of a file; null if there is none.</summary>
    public byte[]? Find(string name) => _files.GetValueOrDefault(name);

    /// <summary>The content of a file that every dossier has.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public byte[] Get(string name) => Find(name) ?? throw new InvalidDataException($"The dossier has no file '{name}'.");

    /// <summary>Writes all files into a new folder.</summary>
    /// <exception cref="IOException">The folder exists and is not empty.</exception>
    public void WriteTo(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new IOException($"{folder} is not empty; a dossier goes into a new folder.");
        }

        foreach (var (name, content) in _files)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }
    }

    private static DossierFiles ReadFolder(DirectoryInfo root)
    {
        var files = new DossierFiles();
        var everything = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 };
        foreach (var entry in root.EnumerateFileSystemInfos("*", everything))
        {
            var name = Path.GetRelativePath(root.FullName, entry.FullName);
            if (entry.LinkTarget is not null)
            {
                throw new InvalidDataException($"The dossier has a link, which it may not: '{Shown(name)}'.");
            }

            if (entry is FileInfo file)
            {
                files.Check(name, file.Length);
                files.Add(name, File.ReadAllBytes(file.FullName));
            }
        }

        return files;
    }

    private static string Shown(string name) => new([.. name.Take(100).Select(c => char.IsControl(c) ? '?' : c)]);

    private void Reserve(string name, long length)
    {
        Check(name, length);
        _bytes += length;
    }

    private void Check(string name, long length)
    {
        if (length > MaxFileBytes || _bytes + length > MaxBytes || _files.Count >= MaxFiles)
        {
            throw new InvalidDataException(
                $"The dossier is too large at '{Shown(name)}': at most {MaxFiles} files, {MaxFileBytes} bytes each, {MaxBytes} in all.");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9][A-Za-z0-9._-]{0,99}){0,3}\z")]
    private static partial Regex Harmless();
}
