using System.Globalization;
using Stillwatch.Interactions;

namespace Stillwatch.Campaigns;

/// <summary>What the types of <see cref="Findings"/> cannot express: the format's version, ranges, names given once, no nulls.</summary>
internal static class FindingsValidation
{
    public static Findings Check(Findings? findings)
    {
        if (findings is null)
        {
            throw Fault("$", "a findings file is one JSON object, not null");
        }

        if (findings.Schema != Findings.CurrentSchema)
        {
            throw Fault("$.schema", $"\"{findings.Schema}\" is not a format this version reads; it reads \"{Findings.CurrentSchema}\"");
        }

        NotNegative(findings.Interactions, "$.interactions");
        NotNegative(findings.Rejected, "$.rejected");
        NotNegative(findings.AccountsSeen, "$.accounts_seen");
        CheckCampaigns(findings.Campaigns);
        CheckAccounts(findings.Accounts);
        return findings;
    }

    private static void CheckCampaigns(IReadOnlyList<CampaignFinding> campaigns)
    {
        var ids = new HashSet<CampaignId>(campaigns.Count);
        for (var i = 0; i < campaigns.Count; i++)
        {
            var path = $"$.campaigns[{i}]";
            var campaign = campaigns[i] ?? throw Null(path);
            if (!ids.Add(campaign.Id))
            {
                throw Fault($"{path}.id", $"\"{campaign.Id}\" is the id of an earlier campaign");
            }

            NotNegative(campaign.Interactions, $"{path}.interactions");
            NotNegative(campaign.InteractionsBeforeAlert, $"{path}.interactions_before_alert");
            CheckMembers(campaign.Accounts, path);
            NoNulls(campaign.Reasons, path, ".reasons");
            NoNulls(campaign.Models ?? [], path, ".models");
        }
    }

    private static void CheckMembers(IReadOnlyList<AccountId> members, string path)
    {
        var seen = new HashSet<AccountId>(members.Count);
        for (var i = 0; i < members.Count; i++)
        {
            if (!seen.Add(members[i]))
            {
                throw Fault($"{path}.accounts[{i}]", $"\"{members[i]}\" is named twice in this campaign");
            }
        }
    }

    private static void CheckAccounts(IReadOnlyList<AccountFinding> accounts)
    {
        var seen = new HashSet<AccountId>(accounts.Count);
        for (var i = 0; i < accounts.Count; i++)
        {
            var account = accounts[i] ?? throw Null($"$.accounts[{i}]");
            if (!seen.Add(account.Account))
            {
                throw Fault($"$.accounts[{i}].account", $"\"{account.Account}\" already has a verdict");
            }

            if (account.PValue is < 0 or > 1)
            {
                throw Fault($"$.accounts[{i}].p_value", $"{account.PValue} is no probability; it is from 0 to 1");
            }

            NotNegative(account.Score, $"$.accounts[{i}].score");
            NotNegative(account.ScoreNeeded, $"$.accounts[{i}].score_needed");
            NoNulls(account.Reasons, "$.accounts", $"[{i}].reasons");
        }
    }

    private static void NoNulls<T>(IReadOnlyList<T> list, string path, string member)
        where T : class
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] is null)
            {
                throw Null($"{path}{member}[{i}]");
            }
        }
    }

    private static void NotNegative(long? count, string path)
    {
        if (count < 0)
        {
            throw Fault(path, $"{count} is negative; it counts, from 0");
        }
    }

    private static void NotNegative(double? score, string path)
    {
        if (score < 0)
        {
            throw Fault(path, string.Create(CultureInfo.InvariantCulture, $"{score} is negative; a score is at least 0"));
        }
    }

    private static InvalidDataException Null(string path) => Fault(path, "null stands where a value is required");

    private static InvalidDataException Fault(string path, string fault) => new($"{path}: {fault}");
}
