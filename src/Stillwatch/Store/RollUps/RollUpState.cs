namespace Stillwatch.Store.RollUps;

/// <summary>How far the roll-ups are: the last row of the ledger.</summary>
/// <param name="Epoch">The last finished epoch; 0 if there is none.</param>
/// <param name="Base">The first epoch that counts.</param>
/// <param name="Through">The last batch that is rolled up.</param>
/// <param name="Prunes">How often the store had been pruned then.</param>
public sealed record RollUpState(uint Epoch, uint Base, uint Through, ulong Prunes);
