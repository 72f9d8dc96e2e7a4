namespace Stillwatch.Campaigns.Reasons;

/// <summary>Every code that a reason can carry. Codes are stable: scripts and people's answers refer to them.</summary>
public static class ReasonCodes
{
    /// <summary>Members have no topics of their own.</summary>
    public const string InterchangeableContent = "interchangeable-content";

    /// <summary>Members divide one list of work.</summary>
    public const string WorkPartition = "work-partition";

    /// <summary>Prompts of different members are unusually alike.</summary>
    public const string NarrowContent = "narrow-content";

    /// <summary>Members repeat the same phrases.</summary>
    public const string SharedTemplate = "shared-template";

    /// <summary>Members use the same system prompts.</summary>
    public const string SharedSystemPrompt = "shared-system-prompt";

    /// <summary>Members offer the model the same sets of tools.</summary>
    public const string SharedTools = "shared-tools";

    /// <summary>Members pay with the same instruments.</summary>
    public const string SharedPayment = "shared-payment";

    /// <summary>Members have mail addresses of the same rare domains.</summary>
    public const string SharedEmailDomain = "shared-email-domain";

    /// <summary>Members come from the same addresses.</summary>
    public const string SharedAddress = "shared-address";

    /// <summary>Members come from the same networks.</summary>
    public const string SharedNetwork = "shared-network";

    /// <summary>Members use the same client set-ups.</summary>
    public const string SharedClient = "shared-client";

    /// <summary>Members carry equal loads.</summary>
    public const string LoadBalance = "load-balance";

    /// <summary>Members keep the same hours.</summary>
    public const string SynchronizedActivity = "synchronized-activity";

    /// <summary>Members have the model write out its reasoning.</summary>
    public const string ReasoningElicitation = "reasoning-elicitation";

    /// <summary>Members have the model grade answers.</summary>
    public const string RubricGrading = "rubric-grading";

    /// <summary>Members have the model reword texts.</summary>
    public const string Rewriting = "rewriting";

    /// <summary>Members have the model plan and drive tools.</summary>
    public const string AgenticElicitation = "agentic-elicitation";

    /// <summary>Members moved to a new model at once.</summary>
    public const string ModelPivot = "model-pivot";

    /// <summary>Members were registered in bursts.</summary>
    public const string CreationBurst = "creation-burst";

    /// <summary>New members begin when old ones end.</summary>
    public const string Replacement = "replacement";

    /// <summary>A campaign was found as several groups.</summary>
    public const string JoinedGroups = "joined-groups";

    /// <summary>An account uses what is typical of a campaign.</summary>
    public const string CampaignMember = "campaign-member";

    /// <summary>An account is in a campaign through a group other than its strongest.</summary>
    public const string JoinedMember = "joined-member";

    /// <summary>An account's own content decided that it belongs.</summary>
    public const string ConfirmedContent = "confirmed-content";

    /// <summary>An account shares much of what is typical of a campaign, but too little to belong.</summary>
    public const string NearCampaign = "near-campaign";

    /// <summary>Others named what the account uses.</summary>
    public const string PartnerIndicator = "partner-indicator";
}
