using Stillwatch.Benchmarks.Detection.Worlds;

namespace Stillwatch.Benchmarks.Detection.Ablation;

/// <summary>What one hunt found.</summary>
/// <param name="Outcome">Compared with the truth.</param>
/// <param name="Blocked">Accounts of campaigns that are to be blocked, and not only restricted.</param>
internal sealed record AblatedHunt(WorldOutcome Outcome, long Blocked);
