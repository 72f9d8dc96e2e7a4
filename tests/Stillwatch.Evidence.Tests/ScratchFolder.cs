using System.Globalization;

namespace Stillwatch.Evidence.Tests;

/// <summary>A folder that lives as long as its test.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string Memory = "/dev/shm";

    private static int _number;

    /// <summary>A folder on the disk.</summary>
    public ScratchFolder()
        : this(System.IO.Path.GetTempPath())
    {
    }

    private ScratchFolder(string parent) =>
        Path = Directory.CreateDirectory(System.IO.Path.Combine(parent, Name())).FullName;

    public string Path { get; }

    /// <summary>A folder whose fsync costs nothing, for tests that make thousands of files; on the disk where there is none.</summary>
    public static ScratchFolder InMemory() => new(Directory.Exists(Memory) ? Memory : System.IO.Path.GetTempPath());

    public string At(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static string Name() =>
        string.Create(CultureInfo.InvariantCulture, $"stillwatch-evidence-{Environment.ProcessId}-{Interlocked.Increment(ref _number)}");
}
