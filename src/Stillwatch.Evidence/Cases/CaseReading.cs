using System.Text.Json.Nodes;

namespace Stillwatch.Evidence.Cases;

/// <summary>Reads what the steps of a case say.</summary>
/// <param name="vault">Where it is kept.</param>
/// <param name="pseudonyms">The pseudonyms it is kept under.</param>
public sealed class CaseReading(CaseVault vault, Pseudonyms pseudonyms)
{
    /// <summary>The accounts of a case with their pseudonyms; of those that were erased the pseudonyms only.</summary>
    /// <exception cref="InvalidDataException">The content was deleted or changed.</exception>
    public AccountNames Names(CaseState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var kept = vault.Get(state.Number, state.Entries[0].Member("names") ?? string.Empty).Json["names"] as JsonObject
            ?? throw new InvalidDataException($"The names of case {state.Number} are damaged.");
        return AccountNames.Unseal(kept.Select(pair => KeyValuePair.Create(pair.Key, pair.Value!.GetValue<string>())), pseudonyms);
    }

    /// <summary>What a step says; null if it says nothing.</summary>
    public CaseContent? Content(CaseState state, CaseEntry entry)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Content is { } digest ? vault.Get(state.Number, digest) : null;
    }
}
