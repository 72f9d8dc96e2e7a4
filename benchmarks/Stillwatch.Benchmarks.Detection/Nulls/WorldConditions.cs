namespace Stillwatch.Benchmarks.Detection.Nulls;

/// <summary>What happens in some simulated worlds and not in others.</summary>
internal static class WorldConditions
{
    /// <summary>Each condition with the worlds that meet it.</summary>
    public static IReadOnlyList<(string Name, Func<NullOutcome, bool> Includes)> All { get; } =
    [
        ("release", static world => world.HasRelease == true),
        ("no release", static world => world.HasRelease == false),
        ("holiday", static world => world.HasHoliday == true),
        ("no holiday", static world => world.HasHoliday == false),
        ("viral prompts", static world => world.HasWave == true),
        ("no viral prompts", static world => world.HasWave == false),
    ];
}
