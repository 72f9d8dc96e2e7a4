namespace Stillwatch.Profiles;

/// <summary>
/// What one account did over the whole log, and what is known of its registration. Texts are fingerprints; 0 is "unknown".
/// </summary>
public readonly record struct AccountProfile
{
    /// <summary>The account's fingerprint in the store.</summary>
    public required ulong Account { get; init; }

    /// <summary>Interactions.</summary>
    public required long Interactions { get; init; }

    /// <summary>First interaction, in milliseconds since 1970-01-01T00:00:00Z.</summary>
    public required long FirstMs { get; init; }

    /// <summary>Last interaction.</summary>
    public required long LastMs { get; init; }

    /// <summary>Declared organization.</summary>
    public ulong Organization { get; init; }

    /// <summary>Registration, in milliseconds since 1970-01-01T00:00:00Z; 0 where unknown.</summary>
    public long CreatedMs { get; init; }

    /// <summary>Payment instrument.</summary>
    public ulong Payment { get; init; }

    /// <summary>Domain of the e-mail address.</summary>
    public ulong EmailDomain { get; init; }
}
