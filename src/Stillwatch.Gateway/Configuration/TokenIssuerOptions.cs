namespace Stillwatch.Gateway.Configuration;

/// <summary>Whose tokens (JWT, RFC 7519) are accepted in place of keys, and how they are read.</summary>
/// <param name="Issuer">The claim <c>iss</c>.</param>
/// <param name="Audiences">Of which one has to be among the claim <c>aud</c>; at least one.</param>
public sealed record TokenIssuerOptions(string Issuer, IReadOnlyList<string> Audiences)
{
    /// <summary>A file with the issuer's public keys (JWK Set, RFC 7517); null where they are discovered.</summary>
    public string? KeysFile { get; init; }

    /// <summary>Where the issuer describes itself (OpenID Connect Discovery 1.0); null where the keys are in a file.</summary>
    public Uri? Discovery { get; init; }

    /// <summary>The claim that names the account.</summary>
    public string AccountClaim { get; init; } = "sub";

    /// <summary>What is put before the account, so that no token names the account of a key.</summary>
    public string AccountPrefix { get; init; } = "";

    /// <summary>The claim that names the organisation; null for none.</summary>
    public string? OrganizationClaim { get; init; }

    /// <summary>The claim that names the tier; null where all have the same.</summary>
    public string? TierClaim { get; init; }

    /// <summary>The tier where no claim says one.</summary>
    public string Tier { get; init; } = "default";

    /// <summary>Models that may be asked, a trailing <c>*</c> standing for any ending.</summary>
    public IReadOnlyList<string> Models { get; init; } = ["*"];

    /// <summary>Endpoints that may be called.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = ["*"];

    /// <inheritdoc/>
    public bool Equals(TokenIssuerOptions? other) => other is not null
        && (Issuer, KeysFile, Discovery, AccountClaim, AccountPrefix, OrganizationClaim, TierClaim, Tier)
            == (other.Issuer, other.KeysFile, other.Discovery, other.AccountClaim, other.AccountPrefix, other.OrganizationClaim,
                other.TierClaim, other.Tier)
        && Audiences.SequenceEqual(other.Audiences) && Models.SequenceEqual(other.Models) && Endpoints.SequenceEqual(other.Endpoints);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Issuer, KeysFile, Discovery);
}
