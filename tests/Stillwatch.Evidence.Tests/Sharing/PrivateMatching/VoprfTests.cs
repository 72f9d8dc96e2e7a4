using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Evidence.Sharing.PrivateMatching.Voprf;

namespace Stillwatch.Evidence.Tests.Sharing.PrivateMatching;

public sealed class VoprfTests
{
    /// <summary>All vectors of RFC 9497 for P256-SHA256 in the base and the verifiable mode, batches and proofs included.</summary>
    [Theory]
    [InlineData(OprfMode.Base, 2)]
    [InlineData(OprfMode.Verifiable, 3)]
    public void Protocol_PublishedVectors_AreReproduced(OprfMode mode, int vectors)
    {
        var suite = Suite(mode);
        using var server = OprfServer.Derive(mode, Hex(suite, "seed"), Hex(suite, "keyInfo"));
        using (var key = Scalar.Parse(Hex(suite, "skSm")))
        using (var publicKey = GroupElement.Generate(key))
        {
            Assert.Equal(publicKey.ToBytes(), server.PublicKey.ToBytes());
        }

        var seen = 0;
        foreach (var vector in suite.GetProperty("vectors").EnumerateArray())
        {
            AssertReproduced(mode, server, vector);
            seen++;
        }

        Assert.Equal(vectors, seen);
    }

    [Fact]
    public async Task Client_KeyHolderIsNoble_AcceptsItsProofAndAgreesOnOutputs()
    {
        var inputs = Inputs(17);
        var client = new OprfClient(OprfMode.Verifiable);
        var blinded = inputs.Select(input => client.Blind(input)).ToList();
        var answer = await NobleAsync(new()
        {
            ["do"] = "evaluate",
            ["seed"] = new string('7', 64),
            ["info"] = "abcd",
            ["blinded"] = Array(blinded.Select(static one => one.Element.ToBytes())),
        });
        using var publicKey = GroupElement.Parse(Convert.FromHexString((string)answer["publicKey"]!));
        var outputs = client.Finalize(blinded, Elements(answer["evaluated"]!), publicKey, Convert.FromHexString((string)answer["proof"]!));
        using var same = OprfServer.Derive(OprfMode.Verifiable, Convert.FromHexString(new string('7', 64)), [0xab, 0xcd]);
        Assert.Equal(same.PublicKey.ToBytes(), publicKey.ToBytes());
        Assert.Equal(Run(same, inputs), outputs);
    }

    [Fact]
    public async Task Server_ClientIsNoble_ItAcceptsOurProofAndAgreesOnOutputs()
    {
        var inputs = Inputs(9);
        using var server = new OprfServer(Scalar.Random());
        var request = new JsonObject { ["do"] = "blind", ["inputs"] = Array(inputs) };
        var blinded = await NobleAsync(request);
        using var evaluation = server.EvaluateAndProve(Elements(blinded["blinded"]!));
        JsonObject finalize = new()
        {
            ["do"] = "finalize",
            ["inputs"] = Array(inputs),
            ["blinds"] = blinded["blinds"]!.DeepClone(),
            ["blinded"] = blinded["blinded"]!.DeepClone(),
            ["evaluated"] = Array(evaluation.Elements.Select(static element => element.ToBytes())),
            ["publicKey"] = Convert.ToHexStringLower(server.PublicKey.ToBytes()),
            ["proof"] = Convert.ToHexStringLower(evaluation.Proof),
        };
        var outputs = (await NobleAsync(finalize))["outputs"]!.AsArray().Select(static item => Convert.FromHexString((string)item!));
        Assert.Equal(Run(server, inputs), outputs);
    }

    [Fact]
    public void Finalize_AnswerOrProofChanged_IsRefused()
    {
        using var server = new OprfServer(Scalar.Random());
        using var other = new OprfServer(Scalar.Random());
        var client = new OprfClient(OprfMode.Verifiable);
        var blinded = Inputs(3).Select(input => client.Blind(input)).ToList();
        var elements = blinded.Select(static one => one.Element).ToList();
        using var good = server.EvaluateAndProve(elements);
        using var bad = other.EvaluateAndProve(elements);
        _ = client.Finalize(blinded, good.Elements, server.PublicKey, good.Proof);
        Refused(bad.Elements, bad.Proof);
        Refused([good.Elements[1], good.Elements[0], good.Elements[2]], good.Proof);
        Refused([good.Elements[0], good.Elements[1], bad.Elements[2]], good.Proof);
        Refused(good.Elements, []);
        for (var at = 0; at < good.Proof.Length; at++)
        {
            var flipped = (byte[])good.Proof.Clone();
            flipped[at] ^= 1;
            Refused(good.Elements, flipped);
        }

        void Refused(IReadOnlyList<GroupElement> evaluated, byte[] proof) =>
            Assert.Throws<CryptographicException>(() => client.Finalize(blinded, evaluated, server.PublicKey, proof));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("000000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("02ffffffff00000001000000000000000000000000ffffffffffffffffffffffff")]
    [InlineData("02ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("020000000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("05e17e70604bcabe198882c0a1f27a92441e774224ed9c702e51dd17038b102462")]
    public void GroupElement_IdentityOffTheCurveOrMalformed_IsRefused(string hex) =>
        Assert.Throws<CryptographicException>(() => GroupElement.Parse(Convert.FromHexString(hex)));

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")]
    [InlineData("01")]
    public void Scalar_ZeroTooLargeOrMalformed_IsRefusedWithoutShowingIt(string hex)
    {
        var refusal = Assert.Throws<CryptographicException>(() => Scalar.Parse(Convert.FromHexString(hex)));
        Assert.DoesNotContain(hex, refusal.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Output_AnyInput_DependsOnInputAndKeyAndNotOnTheBlind()
    {
        using var server = new OprfServer(Scalar.Random());
        using var other = new OprfServer(Scalar.Random());
        Prop.ForAll(ArbMap.Default.GeneratorFor<byte>().ArrayOf().ToArbitrary(), input =>
        {
            var output = Run(server, [input])[0];
            Assert.Equal(output, Run(server, [input])[0]);
            Assert.NotEqual(output, Run(other, [input])[0]);
            Assert.NotEqual(output, Run(server, [[.. input, 0]])[0]);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Parse_FuzzedElements_IsRefusedOrReadsBack() => Prop.ForAll(
        Gen.Choose(0, 255).Select(static value => (byte)value).ArrayOf(GroupElement.Bytes).ToArbitrary(),
        static bytes =>
        {
            bytes[0] = (byte)(2 + (bytes[0] & 1));
            try
            {
                using var element = GroupElement.Parse(bytes);
                Assert.Equal(bytes, element.ToBytes());
            }
            catch (CryptographicException)
            {
                // Half of all x are of no point; any other exception fails the test.
            }
        }).QuickCheckThrowOnFailure();

    private static void AssertReproduced(OprfMode mode, OprfServer server, JsonElement vector)
    {
        var client = new OprfClient(mode);
        var inputs = Values(vector, "Input")
            .Zip(Values(vector, "Blind"), (input, blind) => client.Blind(input, Scalar.Parse(blind))).ToList();
        Assert.Equal(Values(vector, "BlindedElement"), inputs.Select(static input => input.Element.ToBytes()));
        var elements = inputs.Select(static input => input.Element).ToList();
        if (mode == OprfMode.Base)
        {
            var evaluated = elements.Select(server.Evaluate).ToList();
            Assert.Equal(Values(vector, "EvaluationElement"), evaluated.Select(static element => element.ToBytes()));
            Assert.Equal(Values(vector, "Output"), client.Finalize(inputs, evaluated, null, []));
            return;
        }

        using var random = Scalar.Parse(Hex(vector.GetProperty("Proof"), "r"));
        using var evaluation = server.EvaluateAndProve(elements, random);
        Assert.Equal(Values(vector, "EvaluationElement"), evaluation.Elements.Select(static element => element.ToBytes()));
        Assert.Equal(Hex(vector.GetProperty("Proof"), "proof"), evaluation.Proof);
        Assert.Equal(Values(vector, "Output"), client.Finalize(inputs, evaluation.Elements, server.PublicKey, evaluation.Proof));
    }

    private static IReadOnlyList<byte[]> Run(OprfServer server, IReadOnlyList<byte[]> inputs)
    {
        var client = new OprfClient(OprfMode.Verifiable);
        var blinded = inputs.Select(input => client.Blind(input)).ToList();
        using var evaluation = server.EvaluateAndProve([.. blinded.Select(static one => one.Element)]);
        return client.Finalize(blinded, evaluation.Elements, server.PublicKey, evaluation.Proof);
    }

    private static List<byte[]> Inputs(int count) =>
        [.. Enumerable.Range(0, count).Select(static number => SHA256.HashData([(byte)number])[..(1 + (number % 32))])];

    private static JsonElement Suite(OprfMode mode) =>
        JsonDocument.Parse(File.ReadAllText(SharedFolder.Data("voprf/allVectors.json"))).RootElement.EnumerateArray().Single(suite =>
            suite.GetProperty("identifier").GetString() == "P256-SHA256" && suite.GetProperty("mode").GetInt32() == (int)mode);

    private static byte[] Hex(JsonElement item, string member) => Convert.FromHexString(item.GetProperty(member).GetString()!);

    private static IEnumerable<byte[]> Values(JsonElement vector, string member) =>
        vector.GetProperty(member).GetString()!.Split(',').Select(Convert.FromHexString);

    private static List<GroupElement> Elements(JsonNode list) =>
        [.. list.AsArray().Select(static item => GroupElement.Parse(Convert.FromHexString((string)item!)))];

    private static JsonArray Array(IEnumerable<byte[]> values) =>
        [.. values.Select(static value => (JsonNode)Convert.ToHexStringLower(value))];

    private static async Task<JsonNode> NobleAsync(JsonObject request) =>
        JsonNode.Parse(await NodeOracle.RunAsync("voprf.mjs", request.ToJsonString()))!;
}
