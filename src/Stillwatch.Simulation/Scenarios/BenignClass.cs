namespace Stillwatch.Simulation.Scenarios;

/// <summary>Kinds of benign accounts. Scenario files and truth files write them in snake case (<c>vpn_exit</c>).</summary>
public enum BenignClass
{
    /// <summary>A person in conversation with the model.</summary>
    Chatter,

    /// <summary>A chatter behind the exit of a VPN service, shared with 50 to 500 strangers.</summary>
    VpnExit,

    /// <summary>A person who registers for a newly released model and uses it.</summary>
    ReleaseSurge,

    /// <summary>A person who brings a key of their own to somebody else's tool; 8 to 200 strangers a tool.</summary>
    ToolUser,

    /// <summary>An application of an organisation with 1 to 50 accounts: prompt templates around ever new content.</summary>
    App,

    /// <summary>Bursts of templated labelling, questions and summaries.</summary>
    Batch,

    /// <summary>A coding agent or a pipeline: tool loops at any hour.</summary>
    Agent,

    /// <summary>A student of a class of 20 to 60: one campus, one mail domain, the same questions within the same hours.</summary>
    Classroom,

    /// <summary>Somebody who runs a public benchmark with a public harness: the same prompts as strangers, in the same order.</summary>
    Evaluator,

    /// <summary>One declared account with 30 to 200 customers.</summary>
    Reseller,
}
