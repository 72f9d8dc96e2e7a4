namespace Stillwatch.Gateway.Quotas;

/// <summary>Whom a limit is for. A list that is null matches everybody; otherwise one of its values must be the subject's.</summary>
public sealed record QuotaMatch
{
    /// <summary>Matches every request.</summary>
    public static QuotaMatch All { get; } = new();

    /// <summary>Ids of API keys.</summary>
    public IReadOnlyList<string>? Keys { get; init; }

    /// <summary>Accounts.</summary>
    public IReadOnlyList<string>? Accounts { get; init; }

    /// <summary>Organisations.</summary>
    public IReadOnlyList<string>? Organisations { get; init; }

    /// <summary>Models.</summary>
    public IReadOnlyList<string>? Models { get; init; }

    /// <summary>Regions.</summary>
    public IReadOnlyList<string>? Regions { get; init; }

    /// <summary>Onboarding tiers.</summary>
    public IReadOnlyList<string>? Tiers { get; init; }

    /// <summary>Whether a request of this subject is counted.</summary>
    public bool Matches(in QuotaSubject subject) =>
        Has(Keys, subject.Key) && Has(Accounts, subject.Account) && Has(Organisations, subject.Organisation)
        && Has(Models, subject.Model) && Has(Regions, subject.Region) && Has(Tiers, subject.Tier);

    private static bool Has(IReadOnlyList<string>? values, string value) =>
        values is null || values.Contains(value, StringComparer.Ordinal);
}
