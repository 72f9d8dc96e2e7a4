namespace Stillwatch.Evaluation;

/// <summary>How right the verdicts of a chosen severity are, account by account.</summary>
public sealed record AccountAccuracy
{
    /// <summary>Campaign accounts that got such a verdict, of all accounts that got one.</summary>
    public required Proportion Precision { get; init; }

    /// <summary>Campaign accounts that got such a verdict, of all campaign accounts.</summary>
    public required Proportion Recall { get; init; }

    /// <summary>Benign accounts that got such a verdict, of all benign accounts.</summary>
    public required Proportion FalsePositiveRate { get; init; }

    /// <summary>Campaign accounts that got such a verdict as members of a reported campaign, of all campaign accounts.</summary>
    public required Proportion RecallInCampaigns { get; init; }
}
