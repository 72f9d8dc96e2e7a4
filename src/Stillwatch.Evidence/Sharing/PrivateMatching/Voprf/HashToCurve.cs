using System.Globalization;
using System.Numerics;

namespace Stillwatch.Evidence.Sharing.PrivateMatching.Voprf;

/// <summary>
/// P256_XMD:SHA-256_SSWU_RO_: a point of P-256 from a message, uniformly random and of unknown logarithm (RFC 9380, 8.2).
/// </summary>
/// <remarks>
/// Its time depends on the message, which is why only who already holds the message computes it: the client of the protocol, never the key
/// holder, who sees blinded points only.
/// </remarks>
internal static class HashToCurve
{
    /// <summary>Bytes of a field element before reduction: ceil((256 + 128) / 8).</summary>
    private const int FieldBytes = 48;

    private const int CoordinateBytes = 32;

    private static readonly BigInteger P = Hex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
    private static readonly BigInteger A = P - 3;
    private static readonly BigInteger B = Hex("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");
    private static readonly BigInteger Z = P - 10;

    /// <summary>hash_to_curve (RFC 9380, 3): two field elements, each mapped to the curve, added. The cofactor is 1.</summary>
    public static GroupElement Hash(ReadOnlySpan<byte> message, ReadOnlySpan<byte> tag)
    {
        var uniform = ExpandMessage.Xmd(message, tag, 2 * FieldBytes);
        using var one = Map(Field(uniform.AsSpan(0, FieldBytes)));
        using var other = Map(Field(uniform.AsSpan(FieldBytes)));
        return one.Add(other);
    }

    /// <summary>Simplified Shallue, van de Woestijne, Ulas (RFC 9380, 6.6.2), for a field whose size is 3 modulo 4.</summary>
    private static GroupElement Map(BigInteger u)
    {
        var square = Modulo(Z * u * u);
        var denominator = Modulo((square * square) + square);
        var x1 = denominator.IsZero
            ? Modulo(B * Inverse(Modulo(Z * A)))
            : Modulo(Modulo(-B * Inverse(A)) * (1 + Inverse(denominator)));
        var g1 = Curve(x1);
        var isFirst = IsSquare(g1);
        var x = isFirst ? x1 : Modulo(square * x1);
        var y = Root(isFirst ? g1 : Curve(x));
        return Point(x, y.IsEven == u.IsEven ? y : Modulo(-y));
    }

    private static BigInteger Curve(BigInteger x) => Modulo((x * x * x) + (A * x) + B);

    private static BigInteger Field(ReadOnlySpan<byte> bytes) => Modulo(new BigInteger(bytes, isUnsigned: true, isBigEndian: true));

    private static BigInteger Modulo(BigInteger value)
    {
        var remainder = BigInteger.Remainder(value, P);
        return remainder.Sign < 0 ? remainder + P : remainder;
    }

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(value, P - 2, P);

    private static BigInteger Root(BigInteger square) => BigInteger.ModPow(square, (P + 1) / 4, P);

    private static bool IsSquare(BigInteger value) => value.IsZero || BigInteger.ModPow(value, (P - 1) / 2, P).IsOne;

    private static GroupElement Point(BigInteger x, BigInteger y)
    {
        Span<byte> point = stackalloc byte[1 + (2 * CoordinateBytes)];
        point.Clear();
        point[0] = 4;
        Write(x, point.Slice(1, CoordinateBytes));
        Write(y, point[(1 + CoordinateBytes)..]);
        return GroupElement.FromAffine(point);
    }

    private static void Write(BigInteger value, Span<byte> coordinate) =>
        value.TryWriteBytes(coordinate[^value.GetByteCount(isUnsigned: true)..], out _, isUnsigned: true, isBigEndian: true);

    private static BigInteger Hex(string digits) =>
        BigInteger.Parse($"0{digits}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
