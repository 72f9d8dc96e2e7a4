using Stillwatch.Campaigns;

namespace Stillwatch.Reporting;

/// <summary>Why a campaign or an account has its verdict, told so that whoever is accused can answer.</summary>
/// <remarks>Made by <see cref="Explainer"/> from findings alone. Names that came from the log are harmless in its sentences.</remarks>
public sealed record Explanation
{
    /// <summary>Name and version of the JSON format.</summary>
    public const string CurrentSchema = "stillwatch.explanation/1";

    /// <summary>The account's or the campaign's name, as the findings have it.</summary>
    public required string Subject { get; init; }

    /// <summary>The account; null if a campaign is explained, or a member without a verdict.</summary>
    public AccountFinding? Account { get; init; }

    /// <summary>The campaign that is explained, or that the account belongs to or is near; null if there is none.</summary>
    public CampaignFinding? Campaign { get; init; }

    /// <summary>Whether an account is explained, not a campaign.</summary>
    public required bool IsAccount { get; init; }

    /// <summary>What is advised.</summary>
    public required Consequence Verdict { get; init; }

    /// <summary>The verdict in a sentence, then what it rests on.</summary>
    public required IReadOnlyList<string> Summary { get; init; }

    /// <summary>Why this account; empty if a campaign is explained.</summary>
    public required IReadOnlyList<ExplainedReason> AccountReasons { get; init; }

    /// <summary>Why the campaign, in the order of the findings.</summary>
    public required IReadOnlyList<ExplainedReason> CampaignReasons { get; init; }

    /// <summary>What would change the verdict.</summary>
    public required IReadOnlyList<string> Exits { get; init; }

    /// <summary>What the figures cannot say.</summary>
    public required IReadOnlyList<string> Limits { get; init; }
}
