namespace Stillwatch.Gateway.Quotas;

/// <summary>On whose behalf a request is counted. An unknown value is the empty string and is counted as such.</summary>
/// <param name="Key">Id of the API key, never the key itself.</param>
/// <param name="Account">Account that the key belongs to.</param>
/// <param name="Organisation">Organisation that the account belongs to.</param>
/// <param name="Model">Model as the operator names it, after aliases are resolved.</param>
/// <param name="Region">Region that serves or from which is asked, as the operator chose.</param>
/// <param name="Tier">Onboarding tier; chooses limits, is never counted by itself.</param>
public readonly record struct QuotaSubject(
    string Key, string Account, string Organisation, string Model, string Region, string Tier);
