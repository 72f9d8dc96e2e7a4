using System.Net;
using System.Text;
using Stillwatch.Campaigns.Indicators;
using Stillwatch.Interactions;
using Stillwatch.Store;

namespace Stillwatch.Evidence.Sharing.Stix.Import;

/// <summary>An address or range in terms of what the store knows: hashes of addresses and of networks (/24 and /48).</summary>
/// <remarks>A range that is neither is written as the addresses or networks it consists of, at most <see cref="MaxKeys"/>.</remarks>
internal static class AddressKeys
{
    /// <summary>A range of more addresses or networks than these is too wide for anybody to be judged by.</summary>
    public const int MaxKeys = 4096;

    private const int AddressBits = 128;
    private const int V4InV6Bits = 96;

    /// <exception cref="UnusableIndicatorException">The text is no range, or one that is too wide.</exception>
    public static IEnumerable<IndicatorTest> Of(string range)
    {
        var (first, prefix) = Parse(range);
        var networkBits = first.IsIPv4 ? V4InV6Bits + 24 : 48;
        return prefix > networkBits
            ? [Enumerate(range, first, prefix, AddressBits, IndicatorAttribute.Address, StoreKeys.Address)]
            : [Enumerate(range, first, prefix, networkBits, IndicatorAttribute.Network, StoreKeys.Network)];
    }

    private static IndicatorTest Enumerate(
        string range, ClientAddress first, int prefix, int unitBits, IndicatorAttribute attribute, Func<ClientAddress, ulong> key)
    {
        var spare = unitBits - prefix;
        if (spare > 12)
        {
            throw new UnusableIndicatorException($"{range} is wider than {MaxKeys} {(unitBits == AddressBits ? "addresses" : "networks")}");
        }

        var keys = new HashSet<ulong>();
        for (var i = 0; i < 1 << spare; i++)
        {
            keys.Add(key(new ClientAddress(first.Bits + ((UInt128)i << (AddressBits - unitBits)))));
        }

        return new IndicatorTest(attribute, keys);
    }

    private static (ClientAddress First, int Prefix) Parse(string range)
    {
        var slash = range.IndexOf('/', StringComparison.Ordinal);
        var text = slash < 0 ? range : range[..slash];
        if (!ClientAddress.TryParse(Encoding.UTF8.GetBytes(text), out var address))
        {
            throw new UnusableIndicatorException($"'{Short(range)}' is no address or range");
        }

        if (slash < 0)
        {
            return (address, AddressBits);
        }

        if (!IPNetwork.TryParse(range, out var network))
        {
            throw new UnusableIndicatorException($"'{Short(range)}' is no range in CIDR notation");
        }

        return ClientAddress.TryParse(Encoding.UTF8.GetBytes(network.BaseAddress.ToString()), out var first)
            ? (first, network.PrefixLength + (first.IsIPv4 ? V4InV6Bits : 0))
            : throw new UnusableIndicatorException($"'{Short(range)}' is no range of addresses");
    }

    private static string Short(string text) => text.Length > 60 ? $"{text[..60]}…" : text;
}
