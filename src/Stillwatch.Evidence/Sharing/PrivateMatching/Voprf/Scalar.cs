using System.Security.Cryptography;

namespace Stillwatch.Evidence.Sharing.PrivateMatching.Voprf;

/// <summary>A number modulo the order of P-256. Holds a key or a blind, so its memory is cleared when it is disposed.</summary>
public sealed class Scalar : IDisposable
{
    /// <summary>Length of the encoding: big-endian.</summary>
    public const int Bytes = 32;

    /// <summary>The order of P-256 (SEC 2, 2.4.2).</summary>
    private static readonly BigNumberHandle Order =
        Read(Convert.FromHexString("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"));

    private Scalar(BigNumberHandle handle)
    {
        LibCryptoCurves.SetFlags(handle, LibCryptoCurves.ConstantTime);
        Handle = handle;
    }

    internal BigNumberHandle Handle { get; }

    /// <summary>Reads the encoding (RFC 9497, 2.1, DeserializeScalar). Zero is refused as well: no key and no blind is zero.</summary>
    /// <exception cref="CryptographicException">The bytes are no scalar. The message does not show them.</exception>
    public static Scalar Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Bytes)
        {
            throw new CryptographicException($"A scalar of P-256 has {Bytes} bytes, not {bytes.Length}.");
        }

        var handle = Read(bytes);
        if (LibCryptoCurves.Compare(handle, Order) >= 0 || LibCryptoCurves.IsZero(handle) == 1)
        {
            handle.Dispose();
            throw new CryptographicException("The bytes are no scalar of P-256 from 1 to its order less 1.");
        }

        return new Scalar(handle);
    }

    /// <summary>A uniformly random scalar that is not zero (RFC 9497, 2.1, RandomScalar).</summary>
    public static Scalar Random()
    {
        // 128 bits more than the order has make the bias of the reduction negligible; zero has probability 2^-256.
        Span<byte> wide = stackalloc byte[Bytes + 16];
        RandomNumberGenerator.Fill(wide);
        var scalar = Reduce(wide);
        CryptographicOperations.ZeroMemory(wide);
        return scalar;
    }

    /// <summary>The encoding.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Bytes];
        LibCryptoCurves.Check(LibCryptoCurves.WriteNumber(Handle, bytes, Bytes) == Bytes, "write a number");
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();

    /// <summary>The remainder of a big-endian number.</summary>
    internal static Scalar Reduce(ReadOnlySpan<byte> wide)
    {
        using var number = Read(wide);
        return Compute((result, context) => LibCryptoCurves.Reduce(result, number, Order, context));
    }

    internal bool IsZero => LibCryptoCurves.IsZero(Handle) == 1;

    internal Scalar Multiply(Scalar other) =>
        Compute((result, context) => LibCryptoCurves.MultiplyModulo(result, Handle, other.Handle, Order, context));

    internal Scalar Subtract(Scalar other) =>
        Compute((result, context) => LibCryptoCurves.SubtractModulo(result, Handle, other.Handle, Order, context));

    internal Scalar Invert() => Compute((result, context) =>
        LibCryptoCurves.Invert(result.DangerousGetHandle(), Handle, Order, context) == result.DangerousGetHandle() ? 1 : 0);

    private static Scalar Compute(Func<BigNumberHandle, NumberContextHandle, int> operation)
    {
        using var context = LibCryptoCurves.NewContext();
        var result = LibCryptoCurves.NewNumber();
        LibCryptoCurves.Check(operation(result, context) == 1, "compute with numbers");
        return new Scalar(result);
    }

    private static BigNumberHandle Read(ReadOnlySpan<byte> bytes)
    {
        var handle = LibCryptoCurves.ReadNumber(bytes, bytes.Length, 0);
        LibCryptoCurves.Check(!handle.IsInvalid, "read a number");
        return handle;
    }
}
