using Stillwatch.Interactions;
using Stillwatch.Interactions.Reading;
using Stillwatch.Store;

namespace Stillwatch.Benchmarks.Detection.Worlds;

/// <summary>An embedded store that is deleted when the work is done.</summary>
internal static class ScratchStore
{
    /// <summary>Opens an empty store for as long as the work takes.</summary>
    /// <param name="parent">Where its directory is made; null for the system's place for temporary files.</param>
    /// <param name="content">What it keeps of the texts.</param>
    /// <param name="work">What is done with it.</param>
    /// <param name="cancellation">Ends the opening.</param>
    public static async Task<T> UseAsync<T>(
        string? parent, ContentPolicy content, Func<InteractionStore, Task<T>> work, CancellationToken cancellation)
    {
        var directory = NewDirectory(parent);
        try
        {
            await using var store = await InteractionStore.OpenAsync(directory, new() { Content = content }, cancellation);
            return await work(store);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Reads a log and its accounts into a store.</summary>
    public static async Task FillAsync(
        InteractionStore store, IReadOnlyList<InputFile> logs, IReadOnlyList<InputFile> registrations, CancellationToken cancellation)
    {
        await store.IngestAsync(logs, cancellationToken: cancellation);
        var reader = new AccountReader(new(), new(), TimeProvider.System);
        await store.ImportRegistrationsAsync(reader.ReadAsync(registrations, cancellation), cancellation);
    }

    /// <summary>A new directory of the benchmark's.</summary>
    /// <param name="parent">Where it is made; null for the system's place for temporary files.</param>
    public static string NewDirectory(string? parent) => Directory
        .CreateDirectory(Path.Combine(parent ?? Path.GetTempPath(), $"stillwatch-bench-{Path.GetRandomFileName()}")).FullName;
}
