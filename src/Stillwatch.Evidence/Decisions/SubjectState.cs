namespace Stillwatch.Evidence.Decisions;

/// <summary>What the log says about one subject. Each figure is an index of the entry that says it.</summary>
/// <param name="Subject">Which.</param>
/// <param name="Entries">Entries about it.</param>
/// <param name="Verdict">The verdict in force: of the override if there is one, else of the latest verdict; null if there is none.</param>
/// <param name="VerdictIndex">The entry that set it.</param>
/// <param name="IsOverridden">Whether a person's decision stands above the verdicts.</param>
/// <param name="Step">The latest step of the case; null if there is none.</param>
/// <param name="LatestIndex">The latest entry about it.</param>
public sealed record SubjectState(
    string Subject, int Entries, string? Verdict, ulong? VerdictIndex, bool IsOverridden, string? Step, ulong LatestIndex)
{
    /// <summary>The latest verdict that no person gave; in force again once an override is lifted.</summary>
    public string? Found { get; init; }

    /// <summary>The entry of <see cref="Found"/>.</summary>
    public ulong? FoundIndex { get; init; }
}
