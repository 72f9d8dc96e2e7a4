using System.Text.Json.Nodes;
using Stillwatch.Interactions;

namespace Stillwatch.Evidence.Cases;

/// <summary>Reads what the steps of a case say.</summary>
/// <param name="vault">Where it is kept.</param>
/// <param name="pseudonyms">The pseudonyms it is kept under.</param>
public sealed class CaseReading(CaseVault vault, Pseudonyms pseudonyms)
{
    /// <summary>The accounts of a case with their pseudonyms.</summary>
    /// <exception cref="InvalidDataException">The content was deleted or changed, or was kept under another key of pseudonyms.</exception>
    public AccountNames Names(CaseState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var kept = vault.Get(state.Number, state.Entries[0].Member("names") ?? string.Empty).Json["names"] as JsonObject
            ?? throw new InvalidDataException($"The names of case {state.Number} are damaged.");
        var names = new AccountNames(kept.Select(pair => new AccountId(pair.Key)), pseudonyms);
        return kept.All(pair => pair.Value!.GetValue<string>() == names.ByAccount[pair.Key])
            ? names
            : throw new InvalidDataException($"The names of case {state.Number} were kept under another key of pseudonyms.");
    }

    /// <summary>What a step says; null if it says nothing.</summary>
    public CaseContent? Content(CaseState state, CaseEntry entry)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(entry);
        return entry.Content is { } digest ? vault.Get(state.Number, digest) : null;
    }
}
