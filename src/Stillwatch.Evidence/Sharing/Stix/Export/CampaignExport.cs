using System.Globalization;
using Stillwatch.Campaigns;
using Stillwatch.Campaigns.Reasons;
using Stillwatch.Evidence.Pseudonymization;
using Stillwatch.Evidence.Sharing.Stix.Objects;
using Stillwatch.Evidence.Sharing.Stix.Observables;

namespace Stillwatch.Evidence.Sharing.Stix.Export;

/// <summary>Tells campaigns of a findings file to others as STIX 2.1. The same findings, key and options give the same bytes.</summary>
/// <remarks>
/// What leaves by default: pseudonyms of the accounts under the producer's key, the days of the first and the last interaction, which kinds
/// of evidence were found and which techniques of MITRE ATLAS they are traces of. What else leaves is asked for by name
/// (<see cref="CampaignExportOptions"/>), and the report object in the bundle says all of it.
/// </remarks>
public sealed class CampaignExport
{
    private readonly PseudonymKey _key;
    private readonly CampaignExportOptions _options;
    private readonly ObjectFactory _make;

    /// <param name="key">The producer's key.</param>
    /// <param name="options">How much is told.</param>
    /// <param name="time">
    /// When the objects are made: the end of the log that the findings are of, so that a repeated export is the same.
    /// </param>
    public CampaignExport(PseudonymKey key, CampaignExportOptions options, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MinimumAccounts, 1, nameof(options));
        (_key, _options) = (key, options);
        _make = ObjectFactory.For(key, options.Producer, options.Marking, time);
    }

    /// <summary>The bundle of some campaigns.</summary>
    /// <param name="campaigns">The campaigns.</param>
    /// <param name="observables">What they were seen to use; what too few accounts use is left out.</param>
    /// <exception cref="InvalidDataException">An observable is none.</exception>
    public StixBundle Bundle(IReadOnlyList<CampaignFinding> campaigns, IReadOnlyList<CampaignObservable> observables)
    {
        ArgumentNullException.ThrowIfNull(campaigns);
        ArgumentNullException.ThrowIfNull(observables);
        var byCampaign = observables.Where(seen => seen.Accounts >= _options.MinimumAccounts).ToLookup(static seen => seen.Campaign);
        return _make.Bundle(campaigns.SelectMany(campaign => Objects(campaign, byCampaign[campaign.Id.Value])));
    }

    /// <summary>What the options reveal, in the words that the bundle and the record of its disclosure use.</summary>
    public IReadOnlyList<string> Reveals(bool withObservables) =>
    [
        _options.Reveals.HasFlag(Revelations.Accounts) ? "reveals:account-names" : "reveals:account-pseudonyms",
        "reveals:days",
        "reveals:kinds-of-evidence",
        .. _options.Reveals.HasFlag(Revelations.Figures) ? ["reveals:figures"] : Array.Empty<string>(),
        .. _options.Reveals.HasFlag(Revelations.Models) ? ["reveals:models"] : Array.Empty<string>(),
        .. withObservables ? ["reveals:observables"] : Array.Empty<string>(),
    ];

    private List<StixObject> Objects(CampaignFinding finding, IEnumerable<CampaignObservable> seen)
    {
        var observables = seen.Select(IndicatorPatterns.Observable).DistinctBy(static observable => observable.Id).ToList();
        var campaign = Campaign(finding);
        var group = IntrusionSet(finding);
        var techniques = AtlasObjects.AttackPatterns(Techniques(finding), _make.Markings).ToList();
        var measures = AtlasObjects.CoursesOfAction(_make.Markings).ToList();
        List<StixObject> objects =
        [
            campaign, group, _make.Link(campaign.Id, "attributed-to", group.Id),
            .. techniques, .. techniques.Select(technique => _make.Link(campaign.Id, "uses", technique.Id)),
            .. measures, .. measures.Select(measure => _make.Link(measure.Id, "mitigates", AtlasObjects.ExtractModel)),
            .. Members(finding), .. Infrastructure(finding, campaign, observables),
        ];
        objects.Add(Report(finding, objects, observables.Count > 0));
        return objects;
    }

    private Campaign Campaign(CampaignFinding finding) => new()
    {
        Id = _make.Id("campaign", finding.Id.Value),
        CreatedByRef = _make.Author.Id,
        Created = _make.Time,
        Modified = _make.Time,
        ObjectMarkingRefs = _make.Markings,
        Name = $"Model extraction {Name(finding)}",
        Description = Description(finding),
        Objective = "Harvesting a language model's outputs to train another model.",
        FirstSeen = Day(finding.FirstSeen),
        LastSeen = Later(Day(finding.LastSeen), Day(finding.FirstSeen)),
    };

    private IntrusionSet IntrusionSet(CampaignFinding finding) => new()
    {
        Id = _make.Id("intrusion-set", finding.Id.Value),
        CreatedByRef = _make.Author.Id,
        Created = _make.Time,
        Modified = _make.Time,
        ObjectMarkingRefs = _make.Markings,
        Name = $"Operator of {Name(finding)}",
        Description = "Accounts that act as one operator. Who the operator is, is not stated.",
        Goals = ["Training data for another model"],
    };

    /// <summary>The accounts, and that they were observed: number_observed counts accounts, never how much they asked.</summary>
    private IEnumerable<StixObject> Members(CampaignFinding finding)
    {
        var accounts = finding.Accounts.Select(account => UserAccount.Of(AccountName(account.Value)) with
        {
            ObjectMarkingRefs = _make.Markings,
        }).OrderBy(static account => account.UserId, StringComparer.Ordinal).ToList();
        return accounts.Count == 0 ? [] : [.. accounts, Observed(finding, "accounts", accounts)];
    }

    private IEnumerable<StixObject> Infrastructure(CampaignFinding finding, Campaign campaign, List<CyberObservable> observables)
    {
        if (observables.Count == 0)
        {
            yield break;
        }

        if (observables.Exists(static observable => observable is MatchToken))
        {
            yield return ExtensionDefinition.OfMatchTokens(_make.Author.Id, _make.Markings);
        }

        var marked = observables.Select(observable => observable with { ObjectMarkingRefs = _make.Markings }).ToList();
        var seen = Observed(finding, "infrastructure", marked);
        var infrastructure = new Infrastructure
        {
            Id = _make.Id("infrastructure", finding.Id.Value),
            CreatedByRef = _make.Author.Id,
            Created = _make.Time,
            Modified = _make.Time,
            ObjectMarkingRefs = _make.Markings,
            Name = $"Ways in of {Name(finding)}",
            InfrastructureTypes = ["anonymization"],
        };
        yield return infrastructure;
        yield return seen;
        yield return _make.Link(campaign.Id, "uses", infrastructure.Id);
        foreach (var observable in marked)
        {
            var indicator = Indicator(finding, observable);
            yield return observable;
            yield return _make.Link(infrastructure.Id, "consists-of", observable.Id);
            yield return indicator;
            yield return _make.Link(indicator.Id, "indicates", campaign.Id);
            yield return _make.Link(indicator.Id, "based-on", seen.Id);
        }
    }

    private ObservedDataObject Observed(CampaignFinding finding, string what, IReadOnlyList<CyberObservable> objects)
    {
        var first = Day(finding.FirstSeen) ?? _make.Time;
        return new ObservedDataObject
        {
            Id = _make.Id("observed-data", $"{finding.Id.Value} {what}"),
            CreatedByRef = _make.Author.Id,
            Created = _make.Time,
            Modified = _make.Time,
            ObjectMarkingRefs = _make.Markings,
            FirstObserved = first,
            LastObserved = Later(Day(finding.LastSeen), first)!.Value,
            NumberObserved = objects.Count,
            ObjectRefs = [.. objects.Select(static item => item.Id)],
        };
    }

    private Indicator Indicator(CampaignFinding finding, CyberObservable observable)
    {
        var from = Day(finding.FirstSeen) ?? _make.Time;
        return new Indicator
        {
            Id = _make.Id("indicator", $"{finding.Id.Value} {observable.Id}"),
            CreatedByRef = _make.Author.Id,
            Created = _make.Time,
            Modified = _make.Time,
            ObjectMarkingRefs = _make.Markings,
            Name = $"Used by {Name(finding)}",
            Description = "Seen with several accounts of the campaign. A match is a reason for a person to look, never alone to act.",
            IndicatorTypes = ["malicious-activity"],
            Pattern = IndicatorPatterns.Pattern(observable),
            PatternType = "stix",
            PatternVersion = "2.1",
            ValidFrom = from,
            ValidUntil = (_make.Time > from ? _make.Time : from) + _options.Validity,
        };
    }

    private Report Report(CampaignFinding finding, List<StixObject> objects, bool withObservables)
    {
        var reveals = Reveals(withObservables);
        return new Report
        {
            Id = _make.Id("report", finding.Id.Value),
            CreatedByRef = _make.Author.Id,
            Created = _make.Time,
            Modified = _make.Time,
            ObjectMarkingRefs = _make.Markings,
            Name = $"Model extraction {Name(finding)}",
            Description = $"This bundle {string.Join(", ", reveals.Select(static item => item.Replace(':', ' ').Replace('-', ' ')))}. "
                + "A pseudonym is a keyed hash that only the producer can trace back.",
            ReportTypes = ["campaign"],
            Labels = reveals,
            Published = _make.Time,
            ObjectRefs = [.. objects.Select(static item => item.Id).Distinct()],
        };
    }

    private string Name(CampaignFinding finding) =>
        _options.Reveals.HasFlag(Revelations.Accounts) ? finding.Id.Value : _key.Of("campaign", finding.Id.Value)[..12];

    private string AccountName(string account) =>
        _options.Reveals.HasFlag(Revelations.Accounts) ? account : _key.Of("account", account);

    private string Description(CampaignFinding finding)
    {
        var figures = _options.Reveals.HasFlag(Revelations.Figures);
        var evidence = finding.Reasons.Select(reason =>
            figures ? $"{reason.Code}: {reason.Summary}" : ReasonCatalogue.Find(reason.Code)?.Title ?? reason.Code);
        List<string> sentences = ["Accounts that act as one operator.", $"Evidence: {string.Join("; ", evidence)}."];
        if (figures)
        {
            sentences.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{finding.Accounts.Count} accounts, {finding.Interactions} interactions, e-value 10^{finding.Log10EValue}."));
        }

        if (_options.Reveals.HasFlag(Revelations.Models) && finding.Models is { Count: > 0 } models)
        {
            sentences.Add($"Models: {string.Join(", ", models)}.");
        }

        return string.Join(' ', sentences);
    }

    private static HashSet<string> Techniques(CampaignFinding finding) => finding.Reasons
        .SelectMany(static reason => ReasonCatalogue.Find(reason.Code)?.Techniques ?? [])
        .Select(static technique => technique.Id).ToHashSet(StringComparer.Ordinal);

    /// <summary>Midnight (UTC) before a time: hours of a person's activity are not told.</summary>
    private static DateTimeOffset? Day(DateTimeOffset? time) =>
        time is { } known ? new DateTimeOffset(known.UtcDateTime.Date, TimeSpan.Zero) : null;

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one > other ? one : other ?? one;
}
