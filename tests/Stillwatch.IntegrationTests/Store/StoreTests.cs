using Stillwatch.IntegrationTests.Store.Engine;
using Stillwatch.Interactions.Reading;
using Stillwatch.Store;

namespace Stillwatch.IntegrationTests.Store;

/// <summary>What tests over a store in a directory of their own share.</summary>
[Collection(EngineCollection.Name)]
public abstract class StoreTests : IDisposable
{
    private readonly List<string> _directories = [];

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Blocks so small that a test has many.</summary>
    private protected static IngestOptions SmallBlocks => new() { BlockRows = 300, Reader = new() { ChunkBytes = 16 << 10 } };

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        foreach (var directory in _directories)
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>A directory that goes with the test.</summary>
    private protected string NewDirectory()
    {
        _directories.Add(Directory.CreateTempSubdirectory("stillwatch-store-").FullName);
        return _directories[^1];
    }

    /// <summary>A new store with the lines in it.</summary>
    private protected Task<StoreContent> ContentOfAsync(IEnumerable<string> lines) => ContentOfAsync([SampleLog.File(lines)], new());

    /// <summary>What a new store holds once the files were read into it.</summary>
    private protected async Task<StoreContent> ContentOfAsync(IReadOnlyList<InputFile> files, IngestOptions options)
    {
        await using var store = await InteractionStore.OpenAsync(NewDirectory(), null, Cancellation);
        await store.IngestAsync(files, options, null, Cancellation);
        return await StoreContent.ReadAsync(store);
    }
}
