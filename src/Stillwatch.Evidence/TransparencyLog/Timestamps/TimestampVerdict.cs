namespace Stillwatch.Evidence.TransparencyLog.Timestamps;

/// <summary>What the verification of a timestamp found.</summary>
public enum TimestampVerdict
{
    /// <summary>An authority that is trusted has signed that the document existed at the time.</summary>
    Verified,

    /// <summary>The bytes are no timestamp token.</summary>
    NotAToken,

    /// <summary>The token is of another document, or its signature fails.</summary>
    NotOfThisDocument,

    /// <summary>The signer is not an authority for timestamps that leads to a trusted root.</summary>
    UntrustedAuthority,
}
