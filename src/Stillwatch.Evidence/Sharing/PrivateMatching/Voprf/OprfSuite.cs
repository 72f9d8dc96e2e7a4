using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Stillwatch.Evidence.Sharing.PrivateMatching.Voprf;

/// <summary>The suite P256-SHA256 of RFC 9497 (4.3) in one mode: what ties hashes to this protocol.</summary>
internal sealed class OprfSuite
{
    /// <summary>Bytes of a scalar before reduction (RFC 9380, 5: L = 48 for P-256).</summary>
    private const int ScalarFieldBytes = 48;

    private readonly byte[] _hashToGroup;
    private readonly byte[] _hashToScalar;
    private readonly byte[] _deriveKeyPair;

    private OprfSuite(OprfMode mode)
    {
        // contextString = "OPRFV1-" || I2OSP(mode, 1) || "-" || identifier
        var context = string.Create(CultureInfo.InvariantCulture, $"OPRFV1-{(char)mode}-P256-SHA256");
        _hashToGroup = Encoding.ASCII.GetBytes($"HashToGroup-{context}");
        _hashToScalar = Encoding.ASCII.GetBytes($"HashToScalar-{context}");
        _deriveKeyPair = Encoding.ASCII.GetBytes($"DeriveKeyPair{context}");
        SeedTag = Encoding.ASCII.GetBytes($"Seed-{context}");
    }

    public static OprfSuite Base { get; } = new(OprfMode.Base);

    public static OprfSuite Verifiable { get; } = new(OprfMode.Verifiable);

    /// <summary>"Seed-" || contextString.</summary>
    public byte[] SeedTag { get; }

    public static OprfSuite Of(OprfMode mode) => mode == OprfMode.Base ? Base : Verifiable;

    public GroupElement HashToGroup(ReadOnlySpan<byte> input) => HashToCurve.Hash(input, _hashToGroup);

    public Scalar HashToScalar(ReadOnlySpan<byte> input) => HashToScalar(input, _hashToScalar);

    /// <summary>DeriveKeyPair (RFC 9497, 3.2.1): the key that a seed stands for.</summary>
    /// <exception cref="CryptographicException">None of 256 attempts gives a key, which never happens.</exception>
    public Scalar DeriveKey(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> info)
    {
        byte[] input = [.. seed, .. Length(info), .. info, 0];
        for (var counter = 0; counter <= byte.MaxValue; counter++)
        {
            input[^1] = (byte)counter;
            var key = HashToScalar(input, _deriveKeyPair);
            if (!key.IsZero)
            {
                return key;
            }

            key.Dispose();
        }

        throw new CryptographicException("The seed gives no key.");
    }

    /// <summary>The output: the hash of the input and of the unblinded element (RFC 9497, 3.3.1, Finalize).</summary>
    public static byte[] Output(ReadOnlySpan<byte> input, ReadOnlySpan<byte> element) =>
        SHA256.HashData([.. Length(input), .. input, .. Length(element), .. element, .. "Finalize"u8]);

    /// <summary>I2OSP(length, 2).</summary>
    public static byte[] Length(ReadOnlySpan<byte> bytes) => bytes.Length <= ushort.MaxValue
        ? [(byte)(bytes.Length >> 8), (byte)bytes.Length]
        : throw new ArgumentException($"At most {ushort.MaxValue} bytes are hashed, not {bytes.Length}.", nameof(bytes));

    private static Scalar HashToScalar(ReadOnlySpan<byte> input, byte[] tag) =>
        Scalar.Reduce(ExpandMessage.Xmd(input, tag, ScalarFieldBytes));
}
