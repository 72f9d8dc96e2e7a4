namespace Stillwatch.Coordination;

/// <summary>A value that is typical of a group and rare outside it.</summary>
/// <param name="Value">Index of the value in the <see cref="SharingGraph"/>.</param>
/// <param name="Members">Parties of the group that use it.</param>
/// <param name="Share">The same as a share of the group's parties, in (0, 1].</param>
public readonly record struct CoreValue(int Value, int Members, double Share);
