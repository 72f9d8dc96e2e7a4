namespace Stillwatch.Store;

/// <summary>What a store is and holds.</summary>
/// <param name="Address">Where it is, without password.</param>
/// <param name="IsEmbedded">Whether the engine runs in this process.</param>
/// <param name="EngineVersion">Version of ClickHouse.</param>
/// <param name="SchemaVersion">Version of the tables' definitions.</param>
/// <param name="Content">What is kept of texts, as <c>--keep</c> writes it.</param>
/// <param name="Interactions">Interactions.</param>
/// <param name="Accounts">Accounts that have interactions.</param>
/// <param name="Registrations">Accounts whose registration is known.</param>
/// <param name="Days">Days (UTC) that have interactions.</param>
/// <param name="FirstMs">Time of the first interaction, in milliseconds since 1970-01-01T00:00:00Z; null if there is none.</param>
/// <param name="LastMs">Time of the last.</param>
/// <param name="Batches">Batches that have interactions.</param>
/// <param name="Bytes">Bytes of all tables on disk.</param>
/// <param name="InteractionBytes">Bytes of the interactions on disk.</param>
public sealed record StoreOverview(
    string Address,
    bool IsEmbedded,
    Version EngineVersion,
    uint SchemaVersion,
    string Content,
    long Interactions,
    long Accounts,
    long Registrations,
    long Days,
    long? FirstMs,
    long? LastMs,
    long Batches,
    long Bytes,
    long InteractionBytes);
