namespace Stillwatch.Gateway.Identity;

/// <summary>What a presented key proves. Clients learn only whether it is accepted.</summary>
public enum KeyStatus
{
    /// <summary>Who the client is.</summary>
    Accepted,

    /// <summary>Nothing was presented.</summary>
    Missing,

    /// <summary>It has not the form of a key.</summary>
    Malformed,

    /// <summary>No such key, or another secret.</summary>
    Unknown,

    /// <summary>The key or the secret is past its time.</summary>
    Expired,

    /// <summary>It was taken back.</summary>
    Revoked,
}
