using System.Security.Cryptography;
using Stillwatch.Evidence.Signing;

namespace Stillwatch.Evidence.Sharing.PrivateMatching.Voprf;

/// <summary>A point of P-256 that is not the identity.</summary>
public sealed class GroupElement : IDisposable
{
    /// <summary>Length of the encoding: a compressed point (SEC 1, 2.3.3).</summary>
    public const int Bytes = 33;

    private static readonly EcGroupHandle Group = LibCryptoCurves.NewGroup(LibCryptoCurves.P256);

    private readonly EcPointHandle _point;

    private GroupElement(EcPointHandle point) => _point = point;

    /// <summary>Reads the encoding (RFC 9497, 4.3: DeserializeElement refuses what is not on the curve, and the identity).</summary>
    /// <exception cref="CryptographicException">The bytes are no such point.</exception>
    public static GroupElement Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Bytes || bytes[0] is not (2 or 3))
        {
            throw new CryptographicException($"An element of P-256 is a compressed point of {Bytes} bytes.");
        }

        return Read(bytes) ?? throw new CryptographicException("The bytes are no point of P-256.");
    }

    /// <summary>The generator times a scalar: the public key of a private one.</summary>
    public static GroupElement Generate(Scalar factor)
    {
        ArgumentNullException.ThrowIfNull(factor);
        return Compute(point => LibCryptoCurves.MultiplyGenerator(Group, point, factor.Handle, 0, 0, 0));
    }

    /// <summary>The encoding.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Bytes];
        var written = LibCryptoCurves.WritePoint(Group, _point, LibCryptoCurves.Compressed, bytes, (nuint)bytes.Length, 0);
        LibCryptoCurves.Check(written == Bytes, "write a point");
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose() => _point.Dispose();

    /// <summary>The point with these affine coordinates, uncompressed: 4, x, y.</summary>
    internal static GroupElement FromAffine(ReadOnlySpan<byte> uncompressed) =>
        Read(uncompressed) ?? throw new CryptographicException("The coordinates are of no point of P-256.");

    internal GroupElement Multiply(Scalar factor) =>
        Compute(point => LibCryptoCurves.Multiply(Group, point, 0, _point, factor.Handle, 0));

    internal GroupElement Add(GroupElement other) => Compute(point => LibCryptoCurves.Add(Group, point, _point, other._point, 0));

    /// <exception cref="CryptographicException">The result is the identity, which no honest run of the protocol gives.</exception>
    private static GroupElement Compute(Func<EcPointHandle, int> operation)
    {
        var point = LibCryptoCurves.NewPoint(Group);
        LibCryptoCurves.Check(operation(point) == 1, "compute with points");
        if (LibCryptoCurves.IsIdentity(Group, point) == 1)
        {
            point.Dispose();
            throw new CryptographicException("The result is the identity of P-256.");
        }

        return new GroupElement(point);
    }

    private static GroupElement? Read(ReadOnlySpan<byte> bytes)
    {
        var point = LibCryptoCurves.NewPoint(Group);
        if (LibCryptoCurves.ReadPoint(Group, point, bytes, (nuint)bytes.Length, 0) == 1 && LibCryptoCurves.IsIdentity(Group, point) == 0)
        {
            return new GroupElement(point);
        }

        // That others send what is no point is no failure of the library; its queue must not explain a later one.
        LibCrypto.ClearErrors();
        point.Dispose();
        return null;
    }
}
