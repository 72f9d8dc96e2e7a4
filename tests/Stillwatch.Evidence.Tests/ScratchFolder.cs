namespace Stillwatch.Evidence.Tests;

/// <summary>A folder that lives as long as its test.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("stillwatch-evidence-");

    public string Path => _directory.FullName;

    public string At(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose() => _directory.Delete(recursive: true);
}
