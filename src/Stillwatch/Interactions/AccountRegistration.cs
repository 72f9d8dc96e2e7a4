namespace Stillwatch.Interactions;

/// <summary>What the operator knows of an account from its registration: one line of the optional accounts file.</summary>
public sealed class AccountRegistration
{
    /// <summary>The account.</summary>
    public required AccountId Account { get; init; }

    /// <summary>When it was registered, in milliseconds since 1970-01-01T00:00:00Z; null where unknown.</summary>
    public long? CreatedMs { get; init; }

    /// <summary>Declared affiliation.</summary>
    public string? Organization { get; init; }

    /// <summary>Domain of the e-mail address, or its pseudonym.</summary>
    public string? EmailDomain { get; init; }

    /// <summary>Pseudonym of the payment instrument; equal values mean the same instrument.</summary>
    public string? Payment { get; init; }

    /// <summary>Declared country, ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>The way in: api, consumer, education, research, startup, reseller, …</summary>
    public string? Program { get; init; }
}
