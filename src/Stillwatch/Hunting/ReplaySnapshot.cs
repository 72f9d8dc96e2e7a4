namespace Stillwatch.Hunting;

/// <summary>Where a replay is.</summary>
/// <param name="At">Event time up to which interactions were seen.</param>
/// <param name="Hunts">Hunts so far.</param>
/// <param name="Planned">Hunts in all.</param>
/// <param name="Campaigns">Campaigns alerted so far.</param>
public sealed record ReplaySnapshot(DateTimeOffset At, int Hunts, int Planned, int Campaigns);
