using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Evidence.CanonicalJson;

namespace Stillwatch.Evidence.Tests.CanonicalJson;

public sealed class JsonCanonicalizationTests
{
    private static readonly Gen<string> Names =
        Gen.Elements("a", "b", "", "\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6", "\"", "\\", "\u001f", "</script>");

    private static readonly Gen<JsonNode?> Scalars = Gen.OneOf(
        Gen.Constant<JsonNode?>(null),
        Gen.Elements(true, false).Select(value => (JsonNode?)JsonValue.Create(value)),
        Names.Select(value => (JsonNode?)JsonValue.Create(value)),
        Doubles().Select(value => (JsonNode?)JsonValue.Create(value)));

    [Theory]
    [InlineData("""{ "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001] }""",
        """{"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27]}""")]
    [InlineData("""{"literals": [null, true, false], "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/"}""",
        """{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}""")]
    [InlineData("""[-0, 1e21, 123456789012345680000, 1e-6, 1e-7, -1.5e300, 5e-324, 9007199254740993]""",
        "[0,1e+21,123456789012345680000,0.000001,1e-7,-1.5e+300,5e-324,9007199254740992]")]
    [InlineData("""{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}""",
        "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}")]
    public void Canonicalize_ExamplesOfTheRfc_GiveItsText(string text, string expected) => Assert.Equal(expected, Canonical(text));

    [Theory]
    [InlineData("""{"a":1,"a":1}""")]
    [InlineData("""{"a":1,"\u0061":2}""")]
    [InlineData("""["\ud800"]""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("[1e400]")]
    [InlineData("[1,]")]
    [InlineData("")]
    [InlineData("[1] 2")]
    [InlineData("[NaN]")]
    public void Canonicalize_WithoutCanonicalForm_IsRefused(string text) =>
        Assert.Throws<InvalidDataException>(() => Canonical(text));

    [Fact]
    public void Canonicalize_BytesThatAreNoUtf8_AreRefused() =>
        Assert.Throws<InvalidDataException>(() => JsonCanonicalization.Canonicalize(new byte[] { (byte)'"', 0xff, (byte)'"' }));

    [Fact]
    public void Canonicalize_DepthAtTheBound_PassesAndBeyondIsRefused()
    {
        Assert.Equal(Nested(JsonCanonicalization.MaxDepth), Canonical(Nested(JsonCanonicalization.MaxDepth)));
        Assert.Throws<InvalidDataException>(() => Canonical(Nested(JsonCanonicalization.MaxDepth + 1)));
        Assert.Throws<InvalidDataException>(() => Canonical(new string('[', 1_000_000)));
    }

    [Fact]
    public void Canonicalize_AnyValue_IsAFixedPointThatKeepsTheValue() => Prop.ForAll(
        Values(3).ToArbitrary(),
        value =>
        {
            var canonical = JsonCanonicalization.Canonicalize(value);
            Assert.Equal(canonical, JsonCanonicalization.Canonicalize(canonical));
            Assert.True(JsonNode.DeepEquals(value, JsonNode.Parse(canonical)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Canonicalize_MembersInAnyOrder_GiveTheSameBytes() => Prop.ForAll(
        Values(2).ListOf(4).ToArbitrary(),
        values =>
        {
            var members = values.Select((value, i) => KeyValuePair.Create($"{(char)('a' + i)}", (JsonNode?)value)).ToList();
            var forth = JsonCanonicalization.Canonicalize(new JsonObject(members));
            members.Reverse();
            Assert.Equal(forth, JsonCanonicalization.Canonicalize(new JsonObject(members.Select(Copy))));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Canonicalize_FuzzedBytes_IsRefusedOrAFixedPoint() => Prop.ForAll(
        Fuzzed().ToArbitrary(),
        bytes =>
        {
            try
            {
                var canonical = JsonCanonicalization.Canonicalize(bytes);
                Assert.Equal(canonical, JsonCanonicalization.Canonicalize(canonical));
            }
            catch (InvalidDataException)
            {
                // Refusing is the other allowed outcome; any other exception fails the test.
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Canonicalize_ThousandsOfNumbersAndTexts_AgreesWithEcmaScript()
    {
        const int seed = 8785;
        var random = new Random(seed);
        var texts = Enumerable.Range(0, 5000)
            .Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)))
            .Where(double.IsFinite)
            .Concat(Enumerable.Range(-330, 640).Select(exponent => Math.Pow(10, exponent)).Where(double.IsFinite))
            .Select(value => JsonSerializer.Serialize(value))
            .Concat(Values(3).Sample(200).Select(value => value.ToJsonString()))
            .ToList();
        var output = await NodeOracle.RunAsync("canonical-json.mjs", JsonSerializer.Serialize(texts));
        Assert.Equal(JsonSerializer.Deserialize<List<string>>(output), texts.Select(Canonical));
    }

    private static KeyValuePair<string, JsonNode?> Copy(KeyValuePair<string, JsonNode?> member) =>
        new(member.Key, member.Value?.DeepClone());

    private static string Canonical(string text) =>
        Encoding.UTF8.GetString(JsonCanonicalization.Canonicalize(Encoding.UTF8.GetBytes(text)));

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private static Gen<double> Doubles() => Gen.OneOf(
        Gen.Choose(-1000, 1000).Select(value => (double)value),
        Gen.Choose(int.MinValue, int.MaxValue).Select(value => value / 1e12));

    private static Gen<JsonNode> Values(int depth) => depth == 0
        ? Scalars.Select(scalar => (JsonNode)new JsonArray(scalar?.DeepClone()))
        : Gen.OneOf(
            Gen.Zip(Names, Values(depth - 1)).ListOf(3).Select(AsObject),
            Values(depth - 1).ListOf(3).Select(items => (JsonNode)new JsonArray([.. items.Select(item => item.DeepClone())])));

    private static JsonNode AsObject(IList<(string Name, JsonNode Value)> members) =>
        new JsonObject(members.DistinctBy(member => member.Name)
            .Select(member => Copy(KeyValuePair.Create(member.Name, (JsonNode?)member.Value))));

    /// <summary>A JSON text with a few of its bytes replaced.</summary>
    private static Gen<byte[]> Fuzzed() =>
        from value in Values(2)
        from faults in Gen.Zip(Gen.Choose(0, 1000), Gen.Choose(0, 255)).ListOf(2)
        select Spoil(Encoding.UTF8.GetBytes(value.ToJsonString()), faults);

    private static byte[] Spoil(byte[] bytes, IList<(int At, int Value)> faults)
    {
        foreach (var (at, value) in faults)
        {
            bytes[at % bytes.Length] = (byte)value;
        }

        return bytes;
    }
}
