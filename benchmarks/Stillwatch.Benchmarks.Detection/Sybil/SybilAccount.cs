namespace Stillwatch.Benchmarks.Detection.Sybil;

/// <summary>What the airdrop's authors said of one account.</summary>
/// <param name="Group">The operator that the account was struck out with; empty for an eligible account.</param>
/// <param name="Component">The connected component of the authors' graph; empty where there is none.</param>
internal readonly record struct SybilAccount(string Group, string Component)
{
    /// <summary>Struck out because the authors' own rule found it in the graph of transfers.</summary>
    public bool IsFunded => Group.StartsWith("fund-", StringComparison.Ordinal);

    /// <summary>Whether the authors' own rule put it in a component, whatever became of that.</summary>
    public bool IsConnected => Component.Length > 0;

    /// <summary>Struck out because people reported it.</summary>
    public bool IsReported => Group.StartsWith("report-", StringComparison.Ordinal);
}
