using Stillwatch.Store.Engine;

namespace Stillwatch.Store.RollUps;

/// <summary>What one update of the roll-ups adds.</summary>
/// <param name="New">Condition on interactions that are new.</param>
/// <param name="Known">Condition on all interactions up to the new ones.</param>
/// <param name="IsFirst">Whether nothing was rolled up before, so that all accounts are touched.</param>
internal sealed record RollUpSlice(Sql New, Sql Known, bool IsFirst);
