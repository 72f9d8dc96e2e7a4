using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Provenance.Lineage;

/// <summary>What the tests say of one suspect.</summary>
/// <param name="Suspect">Its name.</param>
/// <param name="Teachers">Those known.</param>
/// <param name="Nearest">The family whose answers are most alike.</param>
/// <param name="Tests">For each family: nearer to it than to every other one?</param>
internal sealed record Judgement(
    string Suspect, IReadOnlySet<string> Teachers, string Nearest, IReadOnlyList<(string Family, PValue P, double Z)> Tests)
{
    /// <summary>Whether it is known to have had a teacher.</summary>
    public bool IsTaught => Teachers.Count > 0;

    /// <summary>Whether the family is, or holds, one of its teachers.</summary>
    public bool IsTeacher(string family) => Teachers.Any(teacher => teacher.StartsWith(family, StringComparison.Ordinal));
}
