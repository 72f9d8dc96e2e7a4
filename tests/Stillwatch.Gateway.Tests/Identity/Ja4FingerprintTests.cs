using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Stillwatch.Gateway.Identity;

namespace Stillwatch.Gateway.Tests.Identity;

/// <summary>Against the vectors that FoxIO's description and public captures of browsers give with their raw lists.</summary>
public sealed class Ja4FingerprintTests
{
    private const string ChromeCiphers = "1301,1302,1303,c02b,c02f,c02c,c030,cca9,cca8,c013,c014,009c,009d,002f,0035";
    private const string ChromeAlgorithms = "0403,0804,0401,0503,0805,0501,0806,0601";

    [Theory]
    [InlineData(
        ChromeCiphers, "001b,0000,0033,0010,4469,0017,002d,000d,0005,0023,0012,002b,ff01,000b,000a,0015", ChromeAlgorithms,
        "t13d1516h2_8daaf6152771_e5627efa2ab1")]
    [InlineData(
        ChromeCiphers, "002d,0033,0010,fe0d,0017,44cd,0000,000b,000a,002b,ff01,0023,0012,0005,000d,001b", ChromeAlgorithms,
        "t13d1516h2_8daaf6152771_d8a2da3f94cd")]
    public void Fingerprint_OfAPublishedHello_IsThePublishedOne(string ciphers, string extensions, string algorithms, string expected) =>
        Assert.Equal(expected, Ja4Fingerprint.Of(Hello(ciphers, extensions, algorithms)));

    [Fact]
    public void Fingerprint_WithGreaseAndInAnotherOrder_IsTheSame()
    {
        const string Extensions = "001b,0000,0033,0010,4469,0017,002d,000d,0005,0023,0012,002b,ff01,000b,000a,0015";
        var plain = Ja4Fingerprint.Of(Hello(ChromeCiphers, Extensions, ChromeAlgorithms));
        var reversed = string.Join(',', Extensions.Split(',').Reverse());
        Assert.Equal(plain, Ja4Fingerprint.Of(Hello($"0a0a,{ChromeCiphers}", $"fafa,{reversed},1a1a", ChromeAlgorithms, "baba,0304,0303")));
    }

    [Fact]
    public void Fingerprint_OfAPoorHello_HasZeros()
    {
        var fingerprint = Ja4Fingerprint.Of(Hello("002f", "000a", null));
        Assert.Equal("t12i010100", fingerprint![..10]);
        Assert.True(Ja4Fingerprint.IsWellFormed(fingerprint));
        Assert.Equal("t12i010000_", Ja4Fingerprint.Of(Hello("002f", "", null))![..11]);
        Assert.EndsWith("_000000000000", Ja4Fingerprint.Of(Hello("002f", "", null)), StringComparison.Ordinal);
    }

    [Fact]
    public void Fingerprint_OfAnyCutOrDamagedHello_DoesNotFail()
    {
        var hello = Hello(ChromeCiphers, "001b,0000,0033,0010,000d,002b", ChromeAlgorithms);
        for (var length = 0; length < hello.Length; length++)
        {
            Assert.Null(Ja4Fingerprint.Of(hello.AsSpan(0, length)));
        }

        const int Seed = 5;
        var random = new Random(Seed);
        for (var round = 0; round < 20_000; round++)
        {
            var damaged = (byte[])hello.Clone();
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            var fingerprint = Ja4Fingerprint.Of(damaged);
            Assert.True(fingerprint is null || Ja4Fingerprint.IsWellFormed(fingerprint), fingerprint);
        }
    }

    private static byte[] Hello(string ciphers, string extensions, string? algorithms, string versions = "0304,0303")
    {
        var body = new List<byte> { 3, 3 };
        body.AddRange(new byte[32]);
        body.Add(0);
        body.AddRange(Vector(Numbers(ciphers), 2));
        body.AddRange([1, 0]);
        var list = new List<byte>();
        foreach (var type in extensions.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            list.AddRange(Numbers(type));
            list.AddRange(Vector(Extension(type, algorithms, versions), 2));
        }

        body.AddRange(Vector([.. list], 2));
        var record = new List<byte> { 22, 3, 1, 0, 0, 1, 0, (byte)(body.Count >> 8), (byte)body.Count };
        record.AddRange(body);
        BinaryPrimitives.WriteUInt16BigEndian(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(record)[3..],
            (ushort)(body.Count + 4));
        return [.. record];
    }

    private static byte[] Extension(string type, string? algorithms, string versions) => type switch
    {
        "000d" => Vector(Numbers(algorithms!), 2),
        "0010" => Vector([.. Vector(Encoding.ASCII.GetBytes("h2"), 1), .. Vector(Encoding.ASCII.GetBytes("http/1.1"), 1)], 2),
        "002b" => Vector(Numbers(versions), 1),
        _ => [],
    };

    private static byte[] Numbers(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(text => new[] { byte.Parse(text[..2], NumberStyles.HexNumber, CultureInfo.InvariantCulture), byte
            .Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture) })
        .ToArray();

    private static byte[] Vector(byte[] bytes, int lengthBytes) =>
        lengthBytes == 1 ? [(byte)bytes.Length, .. bytes] : [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
}
