using Stillwatch.Store.Engine;

namespace Stillwatch.Store.Schema;

/// <summary>The steps from an empty database to the present schema.</summary>
internal static class Migrations
{
    /// <summary>All steps, ascending by version.</summary>
    public static IReadOnlyList<Migration> All { get; } = [new(1, FirstTables), new(2, Commits)];

    private static IEnumerable<Sql> FirstTables(EngineCapabilities capabilities) =>
        new[]
        {
            StoreTables.Interactions, StoreTables.Labels, StoreTables.Registrations, StoreTables.Batches, StoreTables.Prunes,
            StoreTables.Settings,
        }.Select(table => table.Create(capabilities));

    private static IEnumerable<Sql> Commits(EngineCapabilities capabilities) => [StoreTables.Commits.Create(capabilities)];
}
