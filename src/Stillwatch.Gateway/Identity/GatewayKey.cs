namespace Stillwatch.Gateway.Identity;

/// <summary>A client's key: whose it is and what it may do.</summary>
/// <remarks>Lists can be set: the generated reader would set those that can only be initialised to nothing.</remarks>
public sealed record GatewayKey
{
    /// <summary>Stands for every model or endpoint.</summary>
    public const string Everything = "*";

    /// <summary>The public part of the key, by which it is found and named in logs.</summary>
    public required string Id { get; init; }

    /// <summary>Whose requests these are; the account of their interactions.</summary>
    public required string Account { get; init; }

    /// <summary>The affiliation that the account declared; null for none.</summary>
    public string? Organization { get; init; }

    /// <summary>The class of customers that quotas and policies speak of.</summary>
    public string Tier { get; init; } = "default";

    /// <summary>What people call the key; null for nothing.</summary>
    public string? Name { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>From when on it is not accepted; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>When it was revoked; null where it was not.</summary>
    public DateTimeOffset? Revoked { get; init; }

    /// <summary>Models it may ask, a trailing <c>*</c> standing for any ending.</summary>
    public IReadOnlyList<string> Models { get; set; } = [Everything];

    /// <summary>Endpoints it may call, by the names of docs/gateway.md.</summary>
    public IReadOnlyList<string> Endpoints { get; set; } = [Everything];

    /// <summary>Its secrets; two while it is being rotated.</summary>
    public IReadOnlyList<KeySecret> Secrets { get; set; } = [];

    /// <summary>
    /// SHA-256 of client certificates, hexadecimal, of which the connection has to have one; none where any connection will do. A key
    /// without secrets is proved by the certificate alone.
    /// </summary>
    public IReadOnlyList<string> Certificates { get; set; } = [];

    /// <summary>Whether it may ask a model.</summary>
    public bool AllowsModel(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (var allowed in Models)
        {
            if (allowed == model
                || (allowed.EndsWith('*') && model.AsSpan().StartsWith(allowed.AsSpan(0, allowed.Length - 1), StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether it may call an endpoint.</summary>
    public bool AllowsEndpoint(string endpoint)
    {
        foreach (var allowed in Endpoints)
        {
            if (allowed == Everything || allowed == endpoint)
            {
                return true;
            }
        }

        return false;
    }
}
