using Stillwatch.Campaigns;

namespace Stillwatch.Evaluation;

/// <summary>A reported campaign of which most labelled accounts are benign.</summary>
public sealed record FalseCampaign
{
    /// <summary>The reported campaign.</summary>
    public required CampaignId Finding { get; init; }

    /// <summary>Its members.</summary>
    public required int Accounts { get; init; }

    /// <summary>Those that are benign.</summary>
    public required int Benign { get; init; }
}
