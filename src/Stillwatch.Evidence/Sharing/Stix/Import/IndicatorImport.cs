using Stillwatch.Campaigns.Indicators;
using Stillwatch.Evidence.Sharing.Stix.Patterns;

namespace Stillwatch.Evidence.Sharing.Stix.Import;

/// <summary>What a hunt can use of bundles that others wrote.</summary>
/// <param name="Indicators">Indicators that can be looked for, by id.</param>
/// <param name="Skipped">The others, each with the reason.</param>
public sealed record IndicatorImport(IReadOnlyList<PartnerIndicator> Indicators, IReadOnlyList<SkippedIndicator> Skipped)
{
    /// <summary>The source of what names none.</summary>
    private const string Unnamed = "unnamed source";

    /// <summary>
    /// Takes the indicators out of bundles. Of several versions of one the latest counts; a revoked one does nothing; sightings confirm or,
    /// with a count of zero, deny (STIX 2.1, 5.2). Whether it is in force is for the hunt to see, by the time of what the log says.
    /// </summary>
    /// <exception cref="InvalidDataException">There are more than <see cref="StixLimits.MaxIndicators"/>.</exception>
    public static IndicatorImport Of(IReadOnlyList<ReceivedBundle> bundles)
    {
        ArgumentNullException.ThrowIfNull(bundles);
        var objects = bundles.SelectMany(static bundle => bundle.Objects).ToList();
        var versions = objects.Where(static item => item.Id.Type == "indicator").GroupBy(static item => item.Id)
            .OrderBy(static group => group.Key.ToString(), StringComparer.Ordinal).ToList();
        if (versions.Count > StixLimits.MaxIndicators)
        {
            throw new InvalidDataException(
                $"{versions.Count} indicators are more than the {StixLimits.MaxIndicators} that a hunt takes at once.");
        }

        var sightings = Latest(objects.Where(static item => item.Id.Type == "sighting"))
            .Where(static item => !item.IsRevoked).ToLookup(static item => item.Reference("sighting_of_ref"));
        var indicators = new List<PartnerIndicator>();
        var skipped = new List<SkippedIndicator>();
        foreach (var group in versions)
        {
            try
            {
                indicators.Add(Indicator(group, sightings[group.Key].ToList()));
            }
            catch (Exception unusable) when (unusable is UnusableIndicatorException or PatternSyntaxException)
            {
                skipped.Add(new SkippedIndicator(group.Key, unusable.Message));
            }
        }

        return new IndicatorImport(indicators, skipped);
    }

    private static PartnerIndicator Indicator(IEnumerable<ReceivedObject> versions, List<ReceivedObject> sightings)
    {
        // Only its creator may make a new version of an object (STIX 2.1, 3.6.2): nobody withdraws what others stated.
        if (versions.Select(static item => item.CreatedBy).Distinct().Count() > 1)
        {
            throw new UnusableIndicatorException("its versions name different creators");
        }

        var latest = Latest(versions).Single();
        if (latest.IsRevoked)
        {
            throw new UnusableIndicatorException("it was revoked");
        }

        var (confirmed, denied) = Sources(latest, sightings);
        if (denied.Count >= confirmed.Count)
        {
            throw new UnusableIndicatorException($"{denied.Count} deny it, {confirmed.Count} state or confirm it");
        }

        var from = latest.Time("valid_from") ?? throw new UnusableIndicatorException("valid_from is missing or no time");
        var until = latest.Time("valid_until");
        if (latest.Json.TryGetProperty("valid_until", out _) && !(until > from))
        {
            throw new UnusableIndicatorException("valid_until is no time after valid_from");
        }

        return new PartnerIndicator(latest.Id.ToString(), [.. confirmed.Order(StringComparer.Ordinal)], from, until, Alternatives(latest));
    }

    private static List<IReadOnlyList<IndicatorTest>> Alternatives(ReceivedObject indicator)
    {
        var language = indicator.Text("pattern_type");
        if (language != "stix")
        {
            throw new UnusableIndicatorException($"its pattern_type is {language ?? "missing"}; only stix is understood");
        }

        var pattern = indicator.Text("pattern") ?? throw new UnusableIndicatorException("it has no pattern");
        return PatternTranslation.Translate(PatternParser.Parse(pattern));
    }

    private static (HashSet<string> Confirmed, HashSet<string> Denied) Sources(ReceivedObject indicator, List<ReceivedObject> sightings)
    {
        var confirmed = new HashSet<string>(StringComparer.Ordinal) { indicator.CreatedBy?.ToString() ?? Unnamed };
        var denied = new HashSet<string>(StringComparer.Ordinal);
        foreach (var sighting in sightings)
        {
            var who = sighting.CreatedBy?.ToString() ?? Unnamed;
            (sighting.Number("count") == 0 ? denied : confirmed).Add(who);
        }

        return (confirmed, denied);
    }

    private static IEnumerable<ReceivedObject> Latest(IEnumerable<ReceivedObject> versions) =>
        versions.GroupBy(static item => item.Id).Select(static group => group.MaxBy(static item => item.Modified)!);
}
