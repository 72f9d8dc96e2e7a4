using System.Globalization;
using Stillwatch.Interactions;
using Stillwatch.Simulation.Grammar;
using Stillwatch.Simulation.Randomness;

namespace Stillwatch.Simulation.Networks;

/// <summary>
/// Networks that clients come from. Numbers of autonomous systems are those of well-known networks, for their kind only; the addresses
/// are made up: every network gets blocks of its own, spread over the unicast space.
/// </summary>
internal sealed class NetworkCatalogue
{
    private const string Resource = "Stillwatch.Simulation.Networks.Resources.networks.txt";
    private const int Multiplier = 20011;

    private static readonly byte[] FirstOctets = [.. Enumerable.Range(1, 222).Where(IsPublic).Select(octet => (byte)octet)];

    private readonly Dictionary<(NetworkKind, string), byte[]> _byCountry;
    private readonly byte[][] _byKind;

    private NetworkCatalogue(IReadOnlyList<Network> networks)
    {
        Networks = networks;
        var numbered = networks.Select((network, index) => (network, slot: (byte)(index + 1))).ToArray();
        _byCountry = numbered.GroupBy(entry => (entry.network.Kind, entry.network.Country))
            .ToDictionary(group => group.Key, group => group.Select(entry => entry.slot).ToArray());
        _byKind = [.. Enum.GetValues<NetworkKind>().Select(kind =>
            numbered.Where(entry => entry.network.Kind == kind).Select(entry => entry.slot).ToArray())];
    }

    /// <summary>The embedded catalogue.</summary>
    public static NetworkCatalogue Shared { get; } = Parse(EmbeddedText.Read(Resource));

    public IReadOnlyList<Network> Networks { get; }

    /// <summary>Networks of a kind, as values for <see cref="AddressSlot.Network"/>; those of the country if it has any.</summary>
    public ReadOnlySpan<byte> Of(NetworkKind kind, string country) =>
        _byCountry.TryGetValue((kind, country), out var local) ? local : _byKind[(int)kind];

    /// <summary>All networks of a kind.</summary>
    public ReadOnlySpan<byte> Of(NetworkKind kind) => _byKind[(int)kind];

    public Network this[AddressSlot slot] => Networks[slot.Network - 1];

    /// <summary>The address as the log shows it.</summary>
    public ClientAddress Address(AddressSlot slot)
    {
        var network = this[slot];
        return slot.IsIPv6 ? IPv6(network, slot.Host) : IPv4(network, slot.Host % network.Capacity);
    }

    private static ClientAddress IPv4(Network network, uint host)
    {
        var blocks = FirstOctets.Length * 256;
        var block = (int)((network.FirstBlock + (host >> 16) + 1) * (long)Multiplier % blocks);
        var address = ((uint)FirstOctets[block >> 8] << 24) | ((uint)(block & 0xff) << 16) | (host & 0xffff);
        return new ClientAddress(((UInt128)0xffff << 32) | address);
    }

    // A subscriber gets a /48: 24 bits of the network's prefix under 2600::/8 and 24 bits of the host number.
    private static ClientAddress IPv6(Network network, uint host)
    {
        var prefix = 0x26_0000UL + (ulong)network.FirstBlock;
        var high = (prefix << 40) | ((ulong)(host & 0xff_ffff) << 16);
        return new ClientAddress(((UInt128)high << 64) | RandomStream.Mix(high + host));
    }

    private static bool IsPublic(int octet) => octet is not (10 or 100 or 127 or 169 or 172 or 192 or 198 or 203);

    private static NetworkCatalogue Parse(string text)
    {
        var networks = new List<Network>();
        var first = 0;
        foreach (var line in text.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            var fields = line.Split(' ');
            var blocks = int.Parse(fields[3], CultureInfo.InvariantCulture);
            networks.Add(new Network(
                Enum.Parse<NetworkKind>(fields[0], true), fields[1], uint.Parse(fields[2], CultureInfo.InvariantCulture), first, blocks));
            first += blocks;
        }

        return new NetworkCatalogue(networks);
    }
}
