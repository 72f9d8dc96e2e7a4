using Stillwatch.Campaigns.Evidence;

namespace Stillwatch.Hunting;

/// <summary>Everything a hunt examined, campaigns and others.</summary>
/// <param name="Population">All accounts.</param>
/// <param name="Examiner">Runs the tests, with the laws that were fitted to this log.</param>
/// <param name="Groups">Every candidate group with its evidence.</param>
internal sealed record HuntExamination(Population Population, GroupExaminer Examiner, IReadOnlyList<ExaminedGroup> Groups);
