using System.Collections.Frozen;
using Stillwatch.Gateway.Policies.Values;

namespace Stillwatch.Gateway.Policies.Language;

/// <summary>Cedar's functions and methods, by name, with the number of their arguments (a method's subject counts).</summary>
internal static class Functions
{
    private const long Second = 1000;

    public static FrozenDictionary<string, Function> Constructors { get; } = new Dictionary<string, Function>
    {
        ["ip"] = OfText(PolicyValue.Ip),
        ["decimal"] = OfText(ExtensionText.Decimal),
        ["datetime"] = OfText(ExtensionText.Datetime),
        ["duration"] = OfText(ExtensionText.Duration),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static FrozenDictionary<string, Function> Methods { get; } = new Dictionary<string, Function>
    {
        ["contains"] = new(2, static (set, value) => set.Kind == PolicyValueKind.Set
            ? PolicyValue.Of(set.Elements.Contains(value))
            : Operators.TypeError(set, "a set")),
        ["containsAll"] = OfSets(static (set, others) => others.IsSubsetOf(set)),
        ["containsAny"] = OfSets(static (set, others) => others.Overlaps(set)),
        ["isEmpty"] = new(1, static (set, _) => set.Kind == PolicyValueKind.Set
            ? PolicyValue.Of(set.Elements.Count == 0)
            : Operators.TypeError(set, "a set")),
        ["isIpv4"] = OfIp(static range => range.IsV4),
        ["isIpv6"] = OfIp(static range => !range.IsV4),
        ["isLoopback"] = OfIp(static range => range.IsLoopback),
        ["isMulticast"] = OfIp(static range => range.IsMulticast),
        ["isInRange"] = new(2, static (ip, range) => Both(ip, range, PolicyValueKind.Ip) ?? PolicyValue.Of(ip.Range.IsIn(range.Range))),
        ["lessThan"] = OfDecimals(static order => order < 0),
        ["lessThanOrEqual"] = OfDecimals(static order => order <= 0),
        ["greaterThan"] = OfDecimals(static order => order > 0),
        ["greaterThanOrEqual"] = OfDecimals(static order => order >= 0),
        ["offset"] = new(2, static (moment, by) => One(moment, PolicyValueKind.Datetime) ?? One(by, PolicyValueKind.Duration)
            ?? Fitting((Int128)moment.Number + by.Number, PolicyValue.Datetime)),
        ["durationSince"] = new(2, static (moment, since) => Both(moment, since, PolicyValueKind.Datetime)
            ?? Fitting((Int128)moment.Number - since.Number, PolicyValue.Duration)),
        ["toDate"] = new(1, static (moment, _) => One(moment, PolicyValueKind.Datetime)
            ?? Fitting((Int128)moment.Number - TimeOfDay(moment), PolicyValue.Datetime)),
        ["toTime"] = new(1, static (moment, _) => One(moment, PolicyValueKind.Datetime) ?? PolicyValue.Duration(TimeOfDay(moment))),
        ["toMilliseconds"] = InUnits(1),
        ["toSeconds"] = InUnits(Second),
        ["toMinutes"] = InUnits(60 * Second),
        ["toHours"] = InUnits(3600 * Second),
        ["toDays"] = InUnits(ExtensionText.DayMilliseconds),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static long TimeOfDay(PolicyValue moment) =>
        ((moment.Number % ExtensionText.DayMilliseconds) + ExtensionText.DayMilliseconds) % ExtensionText.DayMilliseconds;

    private static PolicyValue Fitting(Int128 value, Func<long, PolicyValue> of) =>
        value >= long.MinValue && value <= long.MaxValue ? of((long)value) : Operators.Overflow;

    private static PolicyValue? One(PolicyValue value, PolicyValueKind kind) =>
        value.Kind == kind ? null : Operators.TypeError(value, $"a value of type {kind.ToString().ToLowerInvariant()}");

    private static PolicyValue? Both(PolicyValue left, PolicyValue right, PolicyValueKind kind) => One(left, kind) ?? One(right, kind);

    private static Function OfText(Func<string, PolicyValue> read) =>
        new(1, (text, _) => One(text, PolicyValueKind.String) ?? read(text.Text));

    private static Function OfSets(Func<HashSet<PolicyValue>, HashSet<PolicyValue>, bool> holds) => new(2, (set, others) =>
        Both(set, others, PolicyValueKind.Set) ?? PolicyValue.Of(holds(set.Elements, others.Elements)));

    private static Function OfIp(Func<IpRange, bool> holds) =>
        new(1, (ip, _) => One(ip, PolicyValueKind.Ip) ?? PolicyValue.Of(holds(ip.Range)));

    private static Function OfDecimals(Func<int, bool> holds) => new(2, (left, right) =>
        Both(left, right, PolicyValueKind.Decimal) ?? PolicyValue.Of(holds(left.Number.CompareTo(right.Number))));

    private static Function InUnits(long milliseconds) =>
        new(1, (duration, _) => One(duration, PolicyValueKind.Duration) ?? PolicyValue.Of(duration.Number / milliseconds));
}
