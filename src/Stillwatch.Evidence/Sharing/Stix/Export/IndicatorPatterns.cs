using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Stillwatch.Evidence.Sharing.Stix.Observables;
using Stillwatch.Evidence.Sharing.Stix.Patterns;

namespace Stillwatch.Evidence.Sharing.Stix.Export;

/// <summary>From what a campaign was seen to use to the STIX observable and the pattern that finds it again.</summary>
internal static class IndicatorPatterns
{
    /// <summary>Types that an observables file can name.</summary>
    public const string Types = "ipv4-addr, ipv6-addr, autonomous-system, domain-name, software, x-match-token";

    /// <exception cref="InvalidDataException">The type is not known or the value none of its type.</exception>
    public static CyberObservable Observable(CampaignObservable seen) => seen.Type switch
    {
        "ipv4-addr" when IsRange(seen.Value, AddressFamily.InterNetwork) => Ipv4Address.Of(seen.Value),
        "ipv6-addr" when IsRange(seen.Value, AddressFamily.InterNetworkV6) => Ipv6Address.Of(seen.Value),
        "autonomous-system" when uint.TryParse(seen.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
            AutonomousSystem.Of(number),
        "domain-name" when Uri.CheckHostName(seen.Value) == UriHostNameType.Dns => DomainName.Of(seen.Value.ToLowerInvariant()),
        "software" => Software.Of(seen.Value),
        MatchToken.TypeName when seen is { TokenKind: { } kind, Epoch: { } epoch } && IsToken(seen.Value) =>
            MatchToken.Of(kind, epoch, seen.Value.ToLowerInvariant()),
        _ => throw new InvalidDataException(
            $"'{seen.Value}' of {seen.Campaign} is no {seen.Type} that can be shared; types are {Types}, and a token needs token_kind "
            + "and epoch."),
    };

    /// <summary>The pattern that finds it again.</summary>
    public static string Pattern(CyberObservable observable) => observable switch
    {
        Ipv4Address { Value: var value } => Address("ipv4-addr", value),
        Ipv6Address { Value: var value } => Address("ipv6-addr", value),
        AutonomousSystem system => Test(
            ObjectPath.Of("autonomous-system", "number"),
            "=",
            new PatternLiteral(PatternLiteralKind.WholeNumber, system.Number.ToString(CultureInfo.InvariantCulture))),
        DomainName domain => PatternWriter.Equality(ObjectPath.Of("domain-name", "value"), domain.Value),
        Software software => PatternWriter.Equality(ObjectPath.Of("software", "name"), software.Name),
        MatchToken token => PatternWriter.Write(new Observation(new ComparisonCombination(
            IsConjunction: true,
            [
                Equal("token_kind", token.TokenKind), Equal("epoch", token.Epoch), Equal("token", token.Token),
            ]))),
        _ => throw new ArgumentException($"{observable.GetType().Name} has no pattern.", nameof(observable)),
    };

    private static PropertyTest Equal(string property, string value) =>
        new(ObjectPath.Of(MatchToken.TypeName, property), "=", IsNegated: false, [PatternLiteral.Of(value)]);

    private static string Address(string type, string value) => value.Contains('/', StringComparison.Ordinal)
        ? Test(ObjectPath.Of(type, "value"), "ISSUBSET", PatternLiteral.Of(value))
        : PatternWriter.Equality(ObjectPath.Of(type, "value"), value);

    private static string Test(ObjectPath path, string comparison, PatternLiteral value) =>
        PatternWriter.Write(new Observation(new PropertyTest(path, comparison, IsNegated: false, [value])));

    private static bool IsRange(string value, AddressFamily family) => value.Contains('/', StringComparison.Ordinal)
        ? IPNetwork.TryParse(value, out var network) && network.BaseAddress.AddressFamily == family
            && network.BaseAddress.Equals(IPAddress.Parse(value.AsSpan(0, value.IndexOf('/', StringComparison.Ordinal))))
        : IPAddress.TryParse(value, out var address) && address.AddressFamily == family
            && (family != AddressFamily.InterNetwork || value.Count(static character => character == '.') == 3);

    private static bool IsToken(string value) => value.Length == 64 && value.All(char.IsAsciiHexDigit);
}
