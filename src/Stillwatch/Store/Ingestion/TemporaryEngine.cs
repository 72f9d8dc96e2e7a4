using Stillwatch.Store.Engine;

namespace Stillwatch.Store.Ingestion;

/// <summary>An engine in this process, on a directory that goes with it.</summary>
internal sealed class TemporaryEngine : IAsyncDisposable
{
    private readonly DirectoryInfo _directory;

    private TemporaryEngine(DirectoryInfo directory, ClickHouseEngine engine) => (_directory, Engine) = (directory, engine);

    /// <summary>The engine.</summary>
    public ClickHouseEngine Engine { get; }

    /// <summary>Makes one.</summary>
    /// <exception cref="StoreUnavailableException">This machine has no embedded engine.</exception>
    public static async Task<TemporaryEngine> OpenAsync()
    {
        var directory = Directory.CreateTempSubdirectory("stillwatch-engine-");
        try
        {
            return new(directory, await ClickHouse.OpenAsync(directory.FullName).ConfigureAwait(false));
        }
        catch
        {
            directory.Delete(recursive: true);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync().ConfigureAwait(false);
        _directory.Delete(recursive: true);
    }
}
