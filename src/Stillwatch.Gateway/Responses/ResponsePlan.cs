using System.Globalization;
using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Reasons;

namespace Stillwatch.Gateway.Responses;

/// <summary>What follows from findings by a policy, given what the log says already. The same in, the same out but for ids.</summary>
/// <remarks>
/// A person's decision stands: what somebody set or lifted without a finding is left alone, a lifted one for as long as a response may
/// last. The same findings again change nothing. Others that say the same renew a response once a quarter of its time has passed, so that a
/// hunt every hour does not write an entry every hour.
/// </remarks>
public sealed class ResponsePlan
{
    private const int RenewAfterPart = 4;

    private readonly ResponsePolicy _policy;
    private readonly ResponseHistory _history;
    private readonly string _actor;
    private readonly DateTimeOffset _now;

    /// <param name="policy">What follows from what.</param>
    /// <param name="history">What the log says.</param>
    /// <param name="actor">Who applies the policy.</param>
    /// <param name="now">When.</param>
    public ResponsePlan(ResponsePolicy policy, ResponseHistory history, string actor, DateTimeOffset now) =>
        (_policy, _history, _actor, _now) = (policy, history, actor, now);

    /// <summary>What is to be done, in the order of accounts.</summary>
    /// <param name="findings">The findings.</param>
    /// <param name="sha256">Their digest.</param>
    /// <param name="liftCleared">Whether what earlier findings set is lifted where these name the account no more.</param>
    public IReadOnlyList<PlannedResponse> Of(Findings findings, string sha256, bool liftCleared)
    {
        ArgumentNullException.ThrowIfNull(findings);
        var values = findings.Campaigns.ToDictionary(static campaign => campaign.Id, static campaign => campaign.Log10EValue);
        var planned = new List<PlannedResponse>();
        foreach (var account in findings.Accounts)
        {
            var campaign = account.Campaign ?? account.Near;
            double? value = account.Campaign is { } own && values.TryGetValue(own, out var evidence) ? evidence : null;
            planned.Add(Plan(account, campaign?.Value, value, sha256));
        }

        planned.AddRange(Unnamed(findings, sha256, liftCleared));
        return [.. planned.OrderBy(static one => one.Account, StringComparer.Ordinal)];
    }

    private PlannedResponse Plan(AccountFinding account, string? campaign, double? value, string sha256)
    {
        var name = account.Account.Value;
        if (ResponseScope.Parse($"{ResponseScope.Prefix}account/{name}") is not { } scope)
        {
            return new(PlannedAction.Leave, null, name, null, "the name is longer than a response's may be", null);
        }

        var latest = _history.Latest.GetValueOrDefault(scope);
        var decided = _history.OverrideOf(name, campaign);
        var verdict = decided is null ? account.Verdict : VerdictOf(decided);
        var codes = account.Reasons.Select(static reason => reason.Code).Distinct(StringComparer.Ordinal).ToList();
        var finding = new ResponseFinding(sha256, campaign, NameOf(verdict), value, codes);
        if (_policy.Exempt.Contains(scope))
        {
            return Ended(scope, latest, finding, "it is exempt");
        }

        if (verdict is not { } sure)
        {
            return Ended(scope, latest, finding, "a person decided that it is clear");
        }

        var isHearsay = decided is null && codes.Count > 0 && codes.TrueForAll(static code => code == ReasonCodes.PartnerIndicator);
        return _policy.Choose(sure, value, isHearsay) is not { } rule
            ? Left(scope, latest, $"the policy has nothing for {Describe(finding)}")
            : Plan(scope, latest, rule, finding);
    }

    private PlannedResponse Plan(ResponseScope scope, SetResponse? latest, ResponsePolicyRule wanted, ResponseFinding finding)
    {
        var rule = new ResponseRule(scope, wanted.Step, !wanted.Enforce, _now + _policy.Lasts, _actor) { Finding = finding };
        var why = Describe(finding);
        switch (latest)
        {
            case null:
                return Change(PlannedAction.Set, rule, why);
            case { Finding: null } when latest.IsActive(_now):
                return Left(scope, latest, $"{latest.Actor} decided what is done");
            case { Finding: null, Rule: null } when _now - latest.At < ResponseRule.MaxDuration:
                return Left(scope, latest, $"{latest.Actor} lifted it");
            case { Finding: { } before } when before.Sha256 == finding.Sha256 && !latest.IsActive(_now):
                return Left(scope, latest, "these findings were followed before, and that has ended");
        }

        if (!latest.IsActive(_now) || latest.Rule!.Step != rule.Step || latest.Rule.IsShadow != rule.IsShadow)
        {
            return Change(PlannedAction.Set, rule, why);
        }

        if (latest.Finding!.Sha256 == finding.Sha256)
        {
            return Left(scope, latest, "these findings were followed before");
        }

        return _now - latest.At < _policy.Lasts / RenewAfterPart
            ? Left(scope, latest, "it was set not long ago")
            : Change(PlannedAction.Renew, rule, why);
    }

    private IEnumerable<PlannedResponse> Unnamed(Findings findings, string sha256, bool liftCleared)
    {
        var named = findings.Accounts.Select(static account => account.Account.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var (scope, latest) in _history.Latest)
        {
            if (scope.Kind is not ResponseScopeKind.Account || named.Contains(scope.Name)
                || latest.Finding is null || !latest.IsActive(_now))
            {
                continue;
            }

            var cleared = new ResponseFinding(sha256, latest.Finding.Campaign, "clear", null, []);
            yield return liftCleared || _policy.Exempt.Contains(scope)
                ? Ended(scope, latest, cleared, _policy.Exempt.Contains(scope) ? "it is exempt" : "it is found no more")
                : Left(scope, latest, "it is found no more, and ends by itself");
        }
    }

    /// <summary>What earlier findings set ends; what a person set stays that person's.</summary>
    private PlannedResponse Ended(ResponseScope scope, SetResponse? latest, ResponseFinding finding, string why) =>
        latest is { Finding: not null } && latest.IsActive(_now)
            ? new(PlannedAction.Lift, scope, scope.Name, null, why, ResponseRule.Lift(scope, _actor, _now, why, finding))
            : Left(scope, latest, why);

    private PlannedResponse Left(ResponseScope scope, SetResponse? latest, string why) =>
        new(PlannedAction.Leave, scope, scope.Name, latest?.IsActive(_now) == true ? latest.Rule : null, why, null);

    private PlannedResponse Change(PlannedAction action, ResponseRule rule, string why) =>
        new(action, rule.Scope, rule.Scope.Name, rule, why, rule.ToEntry(_now, why));

    private static string Describe(ResponseFinding finding)
    {
        var value = finding.Log10EValue is { } log10
            ? string.Create(CultureInfo.InvariantCulture, $", evidence 10^{log10:0.0}") : "";
        var of = finding.Campaign is null ? "" : $" of {finding.Campaign}";
        var codes = finding.Reasons.Count == 0 ? "" : $": {string.Join(", ", finding.Reasons.Take(4))}";
        return $"{finding.Verdict}{of}{value}{codes}";
    }

    private static Verdict? VerdictOf(string name) =>
        Enum.TryParse<Verdict>(name, ignoreCase: true, out var verdict) && Enum.IsDefined(verdict) ? verdict : null;

    private static string NameOf(Verdict? verdict) => verdict?.ToString().ToLowerInvariant() ?? "clear";
}
