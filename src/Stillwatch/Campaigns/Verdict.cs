namespace Stillwatch.Campaigns;

/// <summary>What a hunt advises about one account, in the order of severity. An account with no verdict is clear.</summary>
public enum Verdict
{
    /// <summary>A person should look: suspicious, but not surely enough to act.</summary>
    Review = 1,

    /// <summary>Sure enough to act: limit what the account gets.</summary>
    Restrict = 2,

    /// <summary>Sure enough to act: stop serving the account.</summary>
    Block = 3,
}
