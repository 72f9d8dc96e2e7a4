using System.Security.Cryptography;

namespace Stillwatch.Evidence.Sharing.PrivateMatching.Voprf;

/// <summary>
/// A proof that several elements were multiplied by the key of a public key, which shows nothing of the key: equality of discrete
/// logarithms after Chaum and Pedersen, for a whole batch at once (RFC 9497, 2.2).
/// </summary>
internal static class DleqProof
{
    /// <summary>Length of the encoding: the challenge c and the response s.</summary>
    public const int Bytes = 2 * Scalar.Bytes;

    /// <summary>GenerateProof (2.2.1).</summary>
    /// <param name="key">The key k.</param>
    /// <param name="publicKey">k times the generator.</param>
    /// <param name="inputs">What was multiplied, C.</param>
    /// <param name="outputs">k times each of it, D.</param>
    /// <param name="random">Used once and never again: two proofs with one random scalar give the key away.</param>
    public static byte[] Generate(
        Scalar key, GroupElement publicKey, IReadOnlyList<GroupElement> inputs, IReadOnlyList<GroupElement> outputs, Scalar random)
    {
        using var composites = Composites(publicKey, inputs, outputs, key);
        using var t2 = GroupElement.Generate(random);
        using var t3 = composites.M.Multiply(random);
        using var challenge = Challenge(publicKey, composites, t2, t3);
        using var product = challenge.Multiply(key);
        using var response = random.Subtract(product);
        return [.. challenge.ToBytes(), .. response.ToBytes()];
    }

    /// <summary>VerifyProof (2.2.2).</summary>
    public static bool Verify(
        GroupElement publicKey, IReadOnlyList<GroupElement> inputs, IReadOnlyList<GroupElement> outputs, ReadOnlySpan<byte> proof)
    {
        if (proof.Length != Bytes)
        {
            return false;
        }

        try
        {
            using var composites = Composites(publicKey, inputs, outputs, key: null);
            using var challenge = Scalar.Parse(proof[..Scalar.Bytes]);
            using var response = Scalar.Parse(proof[Scalar.Bytes..]);
            using var t2 = Sum(GroupElement.Generate(response), publicKey.Multiply(challenge));
            using var t3 = Sum(composites.M.Multiply(response), composites.Z.Multiply(challenge));
            using var expected = Challenge(publicKey, composites, t2, t3);
            return CryptographicOperations.FixedTimeEquals(expected.ToBytes(), proof[..Scalar.Bytes]);
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    /// <summary>ComputeComposites, and with the key ComputeCompositesFast (2.2.1): one pair that stands for all.</summary>
    private static CompositePair Composites(
        GroupElement publicKey, IReadOnlyList<GroupElement> inputs, IReadOnlyList<GroupElement> outputs, Scalar? key)
    {
        var encodedKey = publicKey.ToBytes();
        var tag = OprfSuite.Verifiable.SeedTag;
        var seed = SHA256.HashData([.. OprfSuite.Length(encodedKey), .. encodedKey, .. OprfSuite.Length(tag), .. tag]);
        GroupElement? m = null;
        GroupElement? z = null;
        for (var i = 0; i < inputs.Count; i++)
        {
            using var weight = Weight(seed, i, inputs[i].ToBytes(), outputs[i].ToBytes());
            m = Sum(inputs[i].Multiply(weight), m);
            z = key is null ? Sum(outputs[i].Multiply(weight), z) : null;
        }

        return new CompositePair(m!, z ?? m!.Multiply(key!));
    }

    private static Scalar Weight(byte[] seed, int index, byte[] input, byte[] output) => OprfSuite.Verifiable.HashToScalar(
    [
        .. OprfSuite.Length(seed), .. seed, (byte)(index >> 8), (byte)index, .. OprfSuite.Length(input), .. input,
        .. OprfSuite.Length(output), .. output, .. "Composite"u8,
    ]);

    private static Scalar Challenge(GroupElement publicKey, CompositePair composites, GroupElement t2, GroupElement t3)
    {
        var transcript = new List<byte>();
        foreach (var element in (ReadOnlySpan<GroupElement>)[publicKey, composites.M, composites.Z, t2, t3])
        {
            var bytes = element.ToBytes();
            transcript.AddRange(OprfSuite.Length(bytes));
            transcript.AddRange(bytes);
        }

        transcript.AddRange("Challenge"u8);
        return OprfSuite.Verifiable.HashToScalar([.. transcript]);
    }

    /// <summary>The sum of two elements, which are disposed; null is the identity.</summary>
    private static GroupElement Sum(GroupElement one, GroupElement? other)
    {
        if (other is null)
        {
            return one;
        }

        using (one)
        using (other)
        {
            return one.Add(other);
        }
    }

    private sealed record CompositePair(GroupElement M, GroupElement Z) : IDisposable
    {
        public void Dispose()
        {
            M.Dispose();
            Z.Dispose();
        }
    }
}
