using System.Net;
using Microsoft.AspNetCore.Http;
using Stillwatch.Gateway.Identity;

namespace Stillwatch.Gateway.Tests.Identity;

public sealed class ForwardedClientTests
{
    private const string Fingerprint = "t13d1516h2_8daaf6152771_e5627efa2ab1";

    private static readonly ForwardedClient Clients = new(new([IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("fd00::/8")], "x-ja4"));

    [Theory]
    [InlineData("8.8.8.8", "1.2.3.4", "8.8.8.8")]
    [InlineData("10.0.0.1", null, "10.0.0.1")]
    [InlineData("10.0.0.1", "1.2.3.4", "1.2.3.4")]
    [InlineData("::ffff:10.0.0.1", "1.2.3.4", "1.2.3.4")]
    [InlineData("10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4")]
    [InlineData("10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.9", "1.2.3.4")]
    [InlineData("10.0.0.1", "6.6.6.6,1.2.3.4:5566, 10.0.0.9:80", "1.2.3.4")]
    [InlineData("fd00::1", "2001:db8::7", "2001:db8::7")]
    [InlineData("fd00::1", "[2001:db8::7]:443", "2001:db8::7")]
    [InlineData("10.0.0.1", "6.6.6.6, unknown", "10.0.0.1")]
    [InlineData("10.0.0.1", "6.6.6.6, 7", "10.0.0.1")]
    [InlineData("10.0.0.1", "6.6.6.6, garbage, 10.0.0.9", "10.0.0.9")]
    [InlineData("10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3")]
    public void Address_BehindProxies_IsTheLastThatIsNotTheirs(string peer, string? header, string expected)
    {
        var headers = new HeaderDictionary();
        if (header is not null)
        {
            headers["X-Forwarded-For"] = header;
        }

        Assert.Equal(IPAddress.Parse(expected), Clients.Address(IPAddress.Parse(peer), headers));
    }

    [Fact]
    public void Address_OfSeveralHeaders_IsReadFromTheLast()
    {
        var headers = new HeaderDictionary { ["X-Forwarded-For"] = new(["6.6.6.6", "1.2.3.4"]) };
        Assert.Equal(IPAddress.Parse("1.2.3.4"), Clients.Address(IPAddress.Parse("10.1.1.1"), headers));
    }

    [Theory]
    [InlineData("10.0.0.1", Fingerprint, Fingerprint)]
    [InlineData("8.8.8.8", Fingerprint, "own")]
    [InlineData("10.0.0.1", "not a fingerprint", "own")]
    public void Ja4_OfAProxy_IsTakenOnlyWhereItIsTrustedAndWellFormed(string peer, string said, string expected)
    {
        var headers = new HeaderDictionary { ["x-ja4"] = said };
        Assert.Equal(expected, Clients.Ja4(IPAddress.Parse(peer), headers, "own"));
    }
}
