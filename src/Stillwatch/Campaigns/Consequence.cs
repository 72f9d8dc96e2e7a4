namespace Stillwatch.Campaigns;

/// <summary>What a hunt would advise under other circumstances, in the order of severity: a <see cref="Verdict"/>, or nothing.</summary>
public enum Consequence
{
    /// <summary>Nothing: a campaign would not be reported, an account would have no verdict.</summary>
    Clear = 0,

    /// <summary>A person would be asked to look.</summary>
    Review = Verdict.Review,

    /// <summary>To limit what the accounts get.</summary>
    Restrict = Verdict.Restrict,

    /// <summary>To stop serving the accounts.</summary>
    Block = Verdict.Block,
}
