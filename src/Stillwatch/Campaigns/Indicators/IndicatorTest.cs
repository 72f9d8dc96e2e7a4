namespace Stillwatch.Campaigns.Indicators;

/// <summary>That an account has, among its values of one kind, one of some.</summary>
/// <param name="Attribute">The kind.</param>
/// <param name="Keys">
/// The values as the store names them (<see cref="Store.StoreKeys"/>); of an autonomous system its number.
/// </param>
public sealed record IndicatorTest(IndicatorAttribute Attribute, IReadOnlySet<ulong> Keys);
