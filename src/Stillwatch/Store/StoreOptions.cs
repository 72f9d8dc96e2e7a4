using Stillwatch.Interactions;
using Stillwatch.Store.Engine;

namespace Stillwatch.Store;

/// <summary>How a store is opened.</summary>
public sealed class StoreOptions
{
    /// <summary>How the engine is opened and used.</summary>
    public EngineOptions Engine { get; init; } = new();

    /// <summary>
    /// What the store keeps of texts. A new store remembers it (null: <see cref="ContentPolicy.Default"/>); a store that was made with
    /// another policy is not opened. Null, the default, takes what the store has.
    /// </summary>
    public ContentPolicy? Content { get; init; }

    /// <summary>Tells which times of the input lie in the future.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
