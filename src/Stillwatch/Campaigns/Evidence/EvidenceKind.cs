namespace Stillwatch.Campaigns.Evidence;

/// <summary>The kinds of evidence a group is examined for. Each can be switched off and has an e-value of its own.</summary>
public enum EvidenceKind
{
    /// <summary>It does not matter which member sent a prompt: members have no topics of their own.</summary>
    InterchangeableContent,

    /// <summary>Members that ask about the same things hardly ever ask the same: they divide a list.</summary>
    WorkPartition,

    /// <summary>Prompts of different members are more alike than in most groups: one narrow job, item by item.</summary>
    NarrowContent,

    /// <summary>Members share phrases, system prompts or tool sets that are rare outside.</summary>
    SharedTemplate,

    /// <summary>Members share payments, mail domains, addresses, networks or clients that are rare outside.</summary>
    SharedInfrastructure,

    /// <summary>Members keep the same hours.</summary>
    SynchronizedActivity,

    /// <summary>Members carry equal loads.</summary>
    LoadBalance,

    /// <summary>Members' prompts draw out reasoning, grades, rewordings or tool use.</summary>
    Elicitation,

    /// <summary>Members moved to a newly released model together.</summary>
    ModelPivot,

    /// <summary>Members were registered in bursts.</summary>
    CreationBurst,

    /// <summary>New members begin when old ones end.</summary>
    Replacement,
}
