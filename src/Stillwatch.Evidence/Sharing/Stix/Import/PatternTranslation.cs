using System.Globalization;
using Stillwatch.Campaigns.Indicators;
using Stillwatch.Evidence.Sharing.Stix.Observables;
using Stillwatch.Evidence.Sharing.Stix.Patterns;
using Stillwatch.Store;

namespace Stillwatch.Evidence.Sharing.Stix.Import;

/// <summary>From a STIX pattern to what a hunt knows of accounts, as a disjunction of conjunctions of tests.</summary>
/// <remarks>
/// An account is taken as one observation of everything it used. So AND between observations asks for the same as AND inside one, and
/// what needs an order or a number of observations (FOLLOWEDBY, WITHIN, REPEATS, START), a negation, or a property that no log carries,
/// cannot be looked for. The number of alternatives is bounded.
/// </remarks>
internal static class PatternTranslation
{
    private const int MaxAlternatives = 256;

    /// <exception cref="UnusableIndicatorException">The pattern asks for what a hunt cannot see.</exception>
    public static List<IReadOnlyList<IndicatorTest>> Translate(ObservationExpression expression) => expression switch
    {
        Observation observation => Translate(observation.Comparison),
        ObservationCombination { Operator: "AND" } all => Conjunction(all.Operands.Select(Translate)),
        ObservationCombination { Operator: "OR" } any => Bounded(any.Operands.SelectMany(Translate)),
        ObservationCombination other => throw Unusable(other.Operator),
        QualifiedObservation qualified => throw Unusable(qualified.Qualifier),
        _ => throw Unusable("an unknown expression"),
    };

    private static List<IReadOnlyList<IndicatorTest>> Translate(ComparisonExpression comparison) => comparison switch
    {
        ComparisonCombination { IsConjunction: true } all => Conjunction(all.Operands.Select(Translate)),
        ComparisonCombination any => Bounded(any.Operands.SelectMany(Translate)),
        PropertyTest { IsNegated: true } => throw Unusable("NOT"),
        PropertyTest test => Translate(test),
        _ => throw Unusable("an unknown comparison"),
    };

    private static List<IReadOnlyList<IndicatorTest>> Translate(PropertyTest test) => test.Path.Plain switch
    {
        "ipv4-addr:value" or "ipv6-addr:value" when test.Operator is "=" or "IN" or "ISSUBSET" =>
            Bounded(Texts(test).SelectMany(AddressKeys.Of).GroupBy(static test => test.Attribute)
                .Select(static group => One(group.Key, group.SelectMany(static test => test.Keys)))),
        "autonomous-system:number" when IsEquality(test) => [One(IndicatorAttribute.AutonomousSystem, test.Values.Select(Number))],
        "domain-name:value" when IsEquality(test) => [Named(test, IndicatorAttribute.EmailDomain, LabelKind.EmailDomain)],
        "software:name" when IsEquality(test) => [Named(test, IndicatorAttribute.Agent, LabelKind.Agent)],
        "user-account:user_id" when IsEquality(test) => [Named(test, IndicatorAttribute.Account, LabelKind.Account)],
        "user-account:account_type" when IsEquality(test) && Texts(test).Contains(UserAccount.ModelApi) => [[]],
        var path when path.StartsWith(MatchToken.TypeName, StringComparison.Ordinal) =>
            throw new UnusableIndicatorException("it is a match token, which 'stillwatch share match' compares"),
        var path => throw Unusable($"{path} with {test.Operator}"),
    };

    private static bool IsEquality(PropertyTest test) => test.Operator is "=" or "IN";

    private static IReadOnlyList<IndicatorTest> Named(PropertyTest test, IndicatorAttribute attribute, LabelKind kind) =>
        One(attribute, Texts(test).Select(text => StoreKeys.Text(kind, text)));

    private static IReadOnlyList<IndicatorTest> One(IndicatorAttribute attribute, IEnumerable<ulong> keys) =>
        [new IndicatorTest(attribute, keys.ToHashSet())];

    private static IEnumerable<string> Texts(PropertyTest test) => test.Values.Select(static value =>
        value.Kind == PatternLiteralKind.Text ? value.Text : throw new UnusableIndicatorException($"{value.Text} is no text"));

    private static ulong Number(PatternLiteral value) =>
        uint.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new UnusableIndicatorException($"{value.Text} is no number of an autonomous system");

    private static List<IReadOnlyList<IndicatorTest>> Conjunction(IEnumerable<List<IReadOnlyList<IndicatorTest>>> operands) =>
        operands.Aggregate(
            new List<IReadOnlyList<IndicatorTest>> { Array.Empty<IndicatorTest>() },
            static (left, right) => Bounded(left.SelectMany(one => Both(one, right))));

    private static IEnumerable<IReadOnlyList<IndicatorTest>> Both(
        IReadOnlyList<IndicatorTest> one, List<IReadOnlyList<IndicatorTest>> others) =>
        others.Select(other => (IReadOnlyList<IndicatorTest>)[.. one, .. other]);

    private static List<IReadOnlyList<IndicatorTest>> Bounded(IEnumerable<IReadOnlyList<IndicatorTest>> alternatives)
    {
        var list = alternatives.Take(MaxAlternatives + 1).ToList();
        return list.Count <= MaxAlternatives
            ? list
            : throw new UnusableIndicatorException($"its pattern has more than {MaxAlternatives} alternatives");
    }

    private static UnusableIndicatorException Unusable(string what) => new($"a hunt cannot look for {what}");
}
