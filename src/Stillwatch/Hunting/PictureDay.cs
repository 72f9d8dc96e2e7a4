namespace Stillwatch.Hunting;

/// <summary>One day of a campaign, or of the whole log.</summary>
/// <param name="Day">The day in UTC.</param>
/// <param name="Interactions">Interactions on that day.</param>
/// <param name="Accounts">Accounts active on that day.</param>
/// <param name="Joined">Accounts seen for the first time.</param>
/// <param name="Left">Accounts seen for the last time.</param>
public sealed record PictureDay(DateOnly Day, long Interactions, int Accounts, int Joined, int Left);
