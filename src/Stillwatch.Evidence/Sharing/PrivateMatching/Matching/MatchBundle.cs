using System.Globalization;
using Stillwatch.Evidence.Pseudonymization;
using Stillwatch.Evidence.Sharing.Stix;
using Stillwatch.Evidence.Sharing.Stix.Export;
using Stillwatch.Evidence.Sharing.Stix.Objects;
using Stillwatch.Evidence.Sharing.Stix.Observables;
using Stillwatch.Evidence.Sharing.Stix.Patterns;

namespace Stillwatch.Evidence.Sharing.PrivateMatching.Matching;

/// <summary>Matches as indicators that the own hunt takes. It names own accounts, so it is marked RED and is for nobody else.</summary>
public static class MatchBundle
{
    /// <summary>The bundle of some matches.</summary>
    /// <param name="matches">The matches.</param>
    /// <param name="key">The producer's key.</param>
    /// <param name="producer">The name that the producer goes by.</param>
    /// <param name="now">When they were found.</param>
    /// <param name="validity">How long before and after that they are valid.</param>
    public static StixBundle Of(TokenMatches matches, PseudonymKey key, string producer, DateTimeOffset now, TimeSpan validity)
    {
        ArgumentNullException.ThrowIfNull(matches);
        var make = ObjectFactory.For(key, producer, TrafficLight.Red, now);
        return make.Bundle(matches.Matches.Select(match => new Indicator
        {
            Id = make.Id("indicator", $"match {match.Account} {match.Kind}"),
            CreatedByRef = make.Author.Id,
            Created = make.Time,
            Modified = make.Time,
            ObjectMarkingRefs = make.Markings,
            Name = $"Private match: {match.Kind}",
            Description = string.Create(
                CultureInfo.InvariantCulture, $"{match.Reporters} labs reported the same {match.Kind} of accounts they acted against."),
            IndicatorTypes = ["malicious-activity"],
            Pattern = PatternWriter.Write(new Observation(new ComparisonCombination(
                IsConjunction: true,
                [Equal("user_id", match.Account), Equal("account_type", UserAccount.ModelApi)]))),
            PatternType = "stix",
            PatternVersion = "2.1",
            ValidFrom = make.Time - validity,
            ValidUntil = make.Time + validity,
        }));
    }

    private static PropertyTest Equal(string property, string value) =>
        new(ObjectPath.Of("user-account", property), "=", IsNegated: false, [PatternLiteral.Of(value)]);
}
