namespace Stillwatch.Benchmarks.Detection.Evasion;

/// <summary>A choice of levels with what it takes and how much of it is caught.</summary>
/// <param name="Levels">The level of each axis.</param>
/// <param name="Recall">Share of the campaign's accounts acted on.</param>
/// <param name="Multiples">Resources as multiples of those of the plain campaign.</param>
internal sealed record AttackPoint(IReadOnlyList<int> Levels, double Recall, AttackResources Multiples)
{
    /// <summary>From this recall on a campaign counts as caught.</summary>
    public const double CaughtRecall = 0.5;

    /// <summary>Whether the hunt misses the campaign.</summary>
    public bool IsMissed => Recall < CaughtRecall;

    /// <summary>
    /// What the operator must multiply the most by to harvest the plain campaign's volume with the accounts that are not caught;
    /// infinite if all are caught.
    /// </summary>
    public double Cost => Recall >= 1 ? double.PositiveInfinity : Multiples.Greatest / (1 - Recall);

    /// <summary>The same for money alone.</summary>
    public double Money => Recall >= 1 ? double.PositiveInfinity : Multiples.Dollars / (1 - Recall);
}
