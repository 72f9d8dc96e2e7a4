using System.Net;
using System.Text.RegularExpressions;
using Stillwatch.Simulation.Networks;
using Stillwatch.Simulation.Randomness;

namespace Stillwatch.Simulation.Tests.Networks;

public sealed partial class NetworkCatalogueTests
{
    [Fact]
    public void Address_OfDifferentHosts_DiffersWithinAndBetweenNetworks()
    {
        var networks = NetworkCatalogue.Shared.Networks.Count;
        var addresses = from network in Enumerable.Range(1, networks)
                        from host in Enumerable.Range(0, 200)
                        select NetworkCatalogue.Shared.Address(new AddressSlot((byte)network, host % 2 == 0, (uint)host * 331));
        Assert.Equal(networks * 200, addresses.Distinct().Count());
    }

    [Fact]
    public void Address_OfAnyHost_IsPublicUnicast()
    {
        var stream = new RandomStream(1);
        for (var i = 0; i < 5000; i++)
        {
            var network = (byte)(1 + stream.Below(NetworkCatalogue.Shared.Networks.Count));
            var address = IPAddress.Parse(NetworkCatalogue.Shared.Address(new AddressSlot(network, false, (uint)stream.Next())).ToString());
            var first = address.GetAddressBytes()[0];
            Assert.True(first is > 0 and < 223 and not (10 or 127 or 169 or 172 or 192), address.ToString());
        }
    }

    [Fact]
    public void Clients_AnyProgram_HasAWellFormedFingerprint()
    {
        var clients = new ClientCatalogue();
        var stream = new RandomStream(2);
        for (var i = 0; i < 2000; i++)
        {
            var program = clients[clients.Draw((ClientKind)(i % 3), ref stream)];
            Assert.Matches(Ja4(), program.Ja4);
            Assert.DoesNotContain("{", program.UserAgent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Clients_OfOneStack_ShareFewFingerprints()
    {
        var clients = new ClientCatalogue();
        var stream = new RandomStream(3);
        var programs = Enumerable.Range(0, 3000).Select(_ => clients[clients.Draw(ClientKind.Sdk, ref stream)]).ToArray();
        var python = programs.Where(program => program.UserAgent.StartsWith("OpenAI/Python", StringComparison.Ordinal)).ToArray();
        Assert.InRange(python.Length / 3000.0, 0.2, 0.6);
        Assert.InRange(python.Select(program => program.Ja4).Distinct().Count(), 2, 4);
    }

    [GeneratedRegex("^t13d[0-9]{4}h[12]_[0-9a-f]{12}_[0-9a-f]{12}$")]
    private static partial Regex Ja4();
}
