using System.Text.Json.Nodes;

namespace Stillwatch.Evidence.Sharing.Stix.Observables;

/// <summary>An account (STIX 2.1, 6.16); here one of a model API, by its name or a pseudonym of it.</summary>
public sealed record UserAccount : CyberObservable
{
    /// <summary>The account type of what uses a model API; no value of the open vocabulary fits.</summary>
    public const string ModelApi = "x-llm-api";

    /// <summary>Its name, or a pseudonym.</summary>
    public required string UserId { get; init; }

    /// <summary>What kind of account.</summary>
    public required string AccountType { get; init; }

    /// <summary>The observable of an account of a model API.</summary>
    public static UserAccount Of(string userId) => new()
    {
        Id = IdOf("user-account", new JsonObject { ["user_id"] = userId, ["account_type"] = ModelApi }),
        UserId = userId,
        AccountType = ModelApi,
    };
}
