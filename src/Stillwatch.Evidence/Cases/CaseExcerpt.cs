using System.Text.Json.Nodes;
using Stillwatch.Campaigns;

namespace Stillwatch.Evidence.Cases;

/// <summary>What a findings file says about one campaign, with pseudonyms for all accounts.</summary>
public static class CaseExcerpt
{
    /// <summary>Campaigns that a message names at most.</summary>
    private const int MaxNamed = 5;

    /// <summary>Cuts a campaign out.</summary>
    /// <returns>The findings about it, its members and the accounts near it; and the names that were replaced.</returns>
    /// <exception cref="InvalidDataException">There is no such campaign.</exception>
    public static (Findings Excerpt, AccountNames Names) Of(Findings findings, string campaign, Pseudonyms pseudonyms)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var found = findings.Campaigns.FirstOrDefault(one => one.Id.Value == campaign)
            ?? throw new InvalidDataException($"The findings have no campaign '{campaign}'; they have {Named(findings)}.");
        var members = found.Accounts.ToHashSet();
        var accounts = findings.Accounts
            .Where(account => account.Campaign == found.Id || account.Near == found.Id || members.Contains(account.Account)).ToList();
        var names = new AccountNames(found.Accounts.Concat(accounts.Select(account => account.Account)), pseudonyms);
        var excerpt = findings with
        {
            Campaigns = [Rename(found, names)],
            Accounts = [.. accounts.Select(account => Rename(account, names))],
        };
        return (excerpt, names);
    }

    /// <summary>Findings as the bytes of a findings file.</summary>
    public static async Task<byte[]> WriteAsync(Findings findings, CancellationToken cancellation = default)
    {
        using var file = new MemoryStream();
        await FindingsJson.WriteAsync(file, findings, cancellation).ConfigureAwait(false);
        return file.ToArray();
    }

    /// <summary>The findings in the content of the step that opened a case.</summary>
    /// <exception cref="InvalidDataException">The content has none.</exception>
    public static async Task<Findings> ReadAsync(CaseContent content, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        var json = content.Json["findings"] as JsonObject ?? throw new InvalidDataException("The content of the case has no findings.");
        using var file = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()));
        return await FindingsJson.ReadAsync(file, "the case's findings", cancellation).ConfigureAwait(false);
    }

    private static CampaignFinding Rename(CampaignFinding campaign, AccountNames names) => campaign with
    {
        Accounts = [.. campaign.Accounts.Select(names.Of).OrderBy(account => account.Value, StringComparer.Ordinal)],
        Reasons = [.. campaign.Reasons.Select(reason => Rename(reason, names))],
    };

    private static AccountFinding Rename(AccountFinding account, AccountNames names) => account with
    {
        Account = names.Of(account.Account),
        Reasons = [.. account.Reasons.Select(reason => Rename(reason, names))],
    };

    private static Reason Rename(Reason reason, AccountNames names) => reason with { Summary = names.Replace(reason.Summary) };

    private static string Named(Findings findings) => findings.Campaigns.Count == 0
        ? "none"
        : string.Join(", ", findings.Campaigns.Take(MaxNamed).Select(static one => one.Id.Value))
            + (findings.Campaigns.Count > MaxNamed ? ", ..." : "");
}
