using Stillwatch.Interactions.Reading;
using Stillwatch.Store;

namespace Stillwatch.Cli.Verbs;

/// <summary>Reads accounts files into a store.</summary>
internal static class RegistrationFiles
{
    /// <summary>Reads all; none is fine.</summary>
    public static async Task<(long Registrations, InputFaultsSnapshot Faults)> ReadAsync(
        InteractionStore store, IReadOnlyList<InputFile> files, IngestOptions options, CancellationToken cancellation)
    {
        var faults = new InputFaults(options.Strict);
        var reader = new AccountReader(new(), faults, TimeProvider.System);
        var read = files.Count == 0 ? 0 : await store.ImportRegistrationsAsync(reader.ReadAsync(files, cancellation), cancellation);
        return (read, faults.Snapshot());
    }
}
