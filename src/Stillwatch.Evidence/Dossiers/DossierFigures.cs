using System.Text.Json.Nodes;
using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Reasons;
using Stillwatch.Evidence.Cases;
using Stillwatch.Statistics;

namespace Stillwatch.Evidence.Dossiers;

/// <summary>The figures of a dossier, each computed again from what is in it, and compared with what the findings say.</summary>
/// <remarks>
/// Findings have logarithms of three decimals. Content is the weaker test of the gate, and rounding keeps the order, so that is compared
/// bit by bit; so is the level of e-BH, log10(n / (rate · campaigns)), for the whole number n of groups that gives it. That content
/// and corroboration make up the combined evidence can be compared to the rounding only. What each single e-value rests on is not in a
/// dossier: that takes the log, and the same program. Where several groups were joined to one campaign, findings tell the strongest test of
/// each kind, so that content can only be compared from above.
/// </remarks>
public sealed class DossierFigures
{
    private const double Confidence = 0.95;

    /// <summary>Half a unit of the third decimal for each of three figures, and the error of adding them.</summary>
    private const double Rounding = 0.0015 + 1e-9;

    private readonly List<string> _faults = [];
    private readonly JsonObject _json = [];

    private DossierFigures(CampaignFinding campaign, Findings findings, CaseParameters parameters, JsonObject? samples)
    {
        Count(campaign, findings);
        CompareEvidence(campaign);
        CompareLevel(campaign, parameters);
        if (samples?["interactions"] is JsonArray { Count: > 0 } drawn)
        {
            Estimate(drawn);
        }
    }

    /// <summary>The figures as an object.</summary>
    public JsonObject Json => _json;

    /// <summary>Where the findings do not agree with themselves, a sentence each.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Computes the figures of a case.</summary>
    /// <exception cref="InvalidDataException">The findings are not about one campaign.</exception>
    public static DossierFigures Compute(Findings findings, CaseParameters parameters, JsonObject? samples)
    {
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentNullException.ThrowIfNull(parameters);
        return findings.Campaigns is [var campaign]
            ? new(campaign, findings, parameters, samples)
            : throw new InvalidDataException("The findings of a case are about one campaign.");
    }

    private void Count(CampaignFinding campaign, Findings findings)
    {
        _json["accounts"] = campaign.Accounts.Count;
        _json["accounts_near"] = findings.Accounts.Count(account => account.Near == campaign.Id);
        _json["interactions"] = campaign.Interactions;
        foreach (var verdict in Enum.GetValues<Verdict>())
        {
            _json[$"verdict_{CasePolicy.NameOf((Consequence)verdict)}"] =
                findings.Accounts.Count(account => account.Campaign == campaign.Id && account.Verdict == verdict);
        }
    }

    private void CompareEvidence(CampaignFinding campaign)
    {
        if (campaign is not { Log10Content: { } content, Log10Corroboration: { } corroboration })
        {
            return;
        }

        var gate = campaign.Reasons.Where(reason => ReasonCatalogue.Find(reason.Code)?.Role == ReasonRole.Gate)
            .Where(reason => reason.Log10EValue is not null).ToList();
        if (gate.Count > 0)
        {
            var weakest = gate.Min(reason => reason.Log10EValue!.Value);
            var isJoined = campaign.Reasons.Any(reason => reason.Code == ReasonCodes.JoinedGroups);
            _json["log10_weakest_test_of_content"] = weakest;
            Demand(
                isJoined ? content <= weakest : Same(weakest, content),
                $"Content is {content}, but the weakest of its tests is {weakest}.");
        }

        var product = EValueCombination.Product([EValue.FromLog10(content), EValue.FromLog10(corroboration)]).Log10;
        _json["log10_content_and_corroboration"] = product;
        Demand(
            Math.Abs(product - campaign.Log10EValue) <= Rounding,
            $"The evidence is {campaign.Log10EValue}, but content and corroboration make {product}.");
        foreach (var (reason, other) in gate.Select(reason => (reason, gate.Find(one => one != reason))))
        {
            if (reason is { Log10Without: { } without, VerdictWithout: Consequence.Clear } && other?.Log10EValue >= 0)
            {
                Demand(Same(without, corroboration), $"Without {reason.Code} {corroboration} is left, not {without}.");
            }
        }
    }

    /// <summary>Finds the number of groups from which the level follows.</summary>
    private void CompareLevel(CampaignFinding campaign, CaseParameters parameters)
    {
        if (campaign.Log10Level is not { } level)
        {
            return;
        }

        var share = parameters.FalseDiscoveryRate * parameters.Campaigns;
        var guess = Math.Round(Math.Pow(10, level) * share);
        var reach = Math.Ceiling(guess * 0.0012) + 1;
        for (var groups = Math.Max(1, guess - reach); groups <= guess + reach; groups++)
        {
            if (Same(Math.Round(Math.Log10(groups / share), 3), level))
            {
                _json["log10_level"] = level;
                _json["groups_tested"] = groups;
                break;
            }
        }

        Demand(_json.ContainsKey("groups_tested"), $"No number of groups gives the level {level} at these parameters.");
        Demand(campaign.Log10EValue >= level, $"The evidence {campaign.Log10EValue} does not reach the level {level}.");
    }

    /// <summary>What share of the accounts' interactions asks for reasoning, with the exact interval of the sample.</summary>
    private void Estimate(JsonArray drawn)
    {
        var asking = drawn.Count(one => one!["asks_for_reasoning"]?.GetValue<bool>() == true);
        var interval = ClopperPearson.Interval(asking, drawn.Count, Confidence);
        _json["sampled"] = drawn.Count;
        _json["sampled_accounts"] = drawn.Select(one => one!["account"]!.GetValue<string>()).Distinct().Count();
        _json["sampled_asking_for_reasoning"] = asking;
        _json["asking_for_reasoning_lower_95"] = interval.Lower;
        _json["asking_for_reasoning_upper_95"] = interval.Upper;
    }

    private static bool Same(double left, double right) =>
        BitConverter.DoubleToInt64Bits(left) == BitConverter.DoubleToInt64Bits(right);

    private void Demand(bool holds, FormattableString otherwise)
    {
        if (!holds)
        {
            _faults.Add(otherwise.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
