namespace Stillwatch.Benchmarks.Detection.Evasion;

/// <summary>What a campaign takes to harvest its volume.</summary>
/// <param name="Accounts">Accounts, replacements included.</param>
/// <param name="Days">Days.</param>
/// <param name="Dollars">Money.</param>
internal sealed record AttackResources(double Accounts, double Days, double Dollars)
{
    /// <summary>How many times another campaign's resources these are.</summary>
    public AttackResources Over(AttackResources other) => new(Accounts / other.Accounts, Days / other.Days, Dollars / other.Dollars);

    /// <summary>The resource that is multiplied most.</summary>
    public double Greatest => Math.Max(Accounts, Math.Max(Days, Dollars));
}
