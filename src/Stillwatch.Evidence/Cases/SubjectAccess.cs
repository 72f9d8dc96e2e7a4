using System.Globalization;
using System.Text.Json.Nodes;
using Stillwatch.Campaigns;
using Stillwatch.Interactions;

namespace Stillwatch.Evidence.Cases;

/// <summary>What the cases hold about one account, for the person or company whose account it is.</summary>
/// <remarks>
/// Other accounts appear nowhere but under pseudonyms inside sentences. Of notes only the number is told: they may be about others. Cases
/// whose content was deleted hold nothing about any account any more; how many there are is told.
/// </remarks>
/// <param name="book">The cases.</param>
/// <param name="vault">Their content.</param>
/// <param name="pseudonyms">The pseudonyms that it is under.</param>
public sealed class SubjectAccess(CaseBook book, CaseVault vault, Pseudonyms pseudonyms)
{
    private readonly CaseReading _reading = new(vault, pseudonyms);

    /// <summary>The numbers of the cases that an account is in.</summary>
    public IReadOnlyList<int> CasesOf(AccountId account) =>
    [
        .. book.Cases.Values.Where(state => state.Status != CaseStatus.Deleted)
            .Where(state => _reading.Names(state).ByAccount.ContainsKey(account.Value)).Select(state => state.Number),
    ];

    /// <summary>Everything about an account.</summary>
    public async Task<JsonObject> ExportAsync(AccountId account, CancellationToken cancellation = default)
    {
        var (pseudonym, cases) = (pseudonyms.Find(account), new JsonArray());
        foreach (var number in pseudonym is null ? [] : CasesOf(account))
        {
            cases.Add(await DescribeAsync(book.Find(number), pseudonym!, cancellation).ConfigureAwait(false));
        }

        return new()
        {
            ["schema"] = "stillwatch.subject-access/1",
            ["account"] = account.Value,
            ["pseudonym"] = pseudonym,
            ["cases"] = cases,
            ["deleted_cases"] = book.Cases.Values.Count(state => state.Status == CaseStatus.Deleted),
        };
    }

    private async Task<JsonObject> DescribeAsync(CaseState state, string pseudonym, CancellationToken cancellation)
    {
        var findings = await CaseExcerpt.ReadAsync(_reading.Content(state, state.Entries[0])!, cancellation).ConfigureAwait(false);
        var campaign = findings.Campaigns[0];
        var finding = findings.Accounts.FirstOrDefault(account => account.Account.Value == pseudonym);
        return new()
        {
            ["case"] = CaseEntry.SubjectOf(state.Number),
            ["campaign"] = state.Campaign,
            ["status"] = state.Status.ToString().ToLowerInvariant(),
            ["member"] = campaign.Accounts.Any(account => account.Value == pseudonym),
            ["advised"] = finding is null ? null : CasePolicy.NameOf((Consequence)finding.Verdict),
            ["score"] = finding?.Score,
            ["p_value"] = finding?.PValue,
            ["reasons"] = Sentences(finding?.Reasons ?? []),
            ["campaign_reasons"] = Sentences(campaign.Reasons),
            ["steps"] = new JsonArray([.. state.Entries.Where(entry => entry.Step < CaseStep.Noted)
                .Select(entry => (JsonNode)Step(state, entry, pseudonym))]),
            ["notes"] = state.Entries.Count(entry => entry.Step == CaseStep.Noted),
        };
    }

    private JsonObject Step(CaseState state, CaseEntry entry, string pseudonym)
    {
        var json = new JsonObject
        {
            ["entry"] = entry.Index,
            ["at"] = entry.Entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["step"] = CaseEntry.NameOf(entry.Step),
        };
        var content = _reading.Content(state, entry);
        if (entry.Verdict is { } verdict)
        {
            json["verdict"] = CasePolicy.NameOf(verdict);
            json["about_this_account"] = content?.Accounts.Contains(pseudonym);
        }

        if (content?.Member("text") is { } text)
        {
            json["reason"] = text;
        }

        return json;
    }

    private static JsonArray Sentences(IEnumerable<Reason> reasons) =>
        [.. reasons.Select(reason => (JsonNode)new JsonObject { ["code"] = reason.Code, ["summary"] = reason.Summary })];
}
