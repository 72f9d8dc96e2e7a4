using System.Runtime.InteropServices;
using Stillwatch.Evidence.Signing;

namespace Stillwatch.Evidence.Sharing.PrivateMatching.Voprf;

/// <summary>
/// The arithmetic of elliptic curves and of big numbers in OpenSSL's libcrypto, which the runtime itself needs: .NET offers no
/// operations on points. Functions that return int give 1 for success. Keys and signatures are in <see cref="LibCrypto"/>.
/// </summary>
internal static partial class LibCryptoCurves
{
    /// <summary>NID_X9_62_prime256v1.</summary>
    public const int P256 = 415;

    /// <summary>POINT_CONVERSION_COMPRESSED.</summary>
    public const int Compressed = 2;

    /// <summary>BN_FLG_CONSTTIME: operations on the number take a time that does not depend on it.</summary>
    public const int ConstantTime = 4;

    private const string Library = "libcrypto.so.3";

    [LibraryImport(Library, EntryPoint = "EC_GROUP_new_by_curve_name")]
    public static partial EcGroupHandle NewGroup(int curve);

    [LibraryImport(Library, EntryPoint = "EC_GROUP_free")]
    public static partial void FreeGroup(nint group);

    [LibraryImport(Library, EntryPoint = "EC_POINT_new")]
    public static partial EcPointHandle NewPoint(EcGroupHandle group);

    [LibraryImport(Library, EntryPoint = "EC_POINT_clear_free")]
    public static partial void FreePoint(nint point);

    /// <summary>result = factor·generator + point·pointFactor; a null handle leaves its part out.</summary>
    [LibraryImport(Library, EntryPoint = "EC_POINT_mul")]
    public static partial int Multiply(
        EcGroupHandle group, EcPointHandle result, nint factor, EcPointHandle point, BigNumberHandle pointFactor, nint context);

    [LibraryImport(Library, EntryPoint = "EC_POINT_mul")]
    public static partial int MultiplyGenerator(
        EcGroupHandle group, EcPointHandle result, BigNumberHandle factor, nint point, nint pointFactor, nint context);

    [LibraryImport(Library, EntryPoint = "EC_POINT_add")]
    public static partial int Add(EcGroupHandle group, EcPointHandle result, EcPointHandle one, EcPointHandle other, nint context);

    [LibraryImport(Library, EntryPoint = "EC_POINT_is_at_infinity")]
    public static partial int IsIdentity(EcGroupHandle group, EcPointHandle point);

    [LibraryImport(Library, EntryPoint = "EC_POINT_oct2point")]
    public static partial int ReadPoint(EcGroupHandle group, EcPointHandle result, ReadOnlySpan<byte> bytes, nuint length, nint context);

    [LibraryImport(Library, EntryPoint = "EC_POINT_point2oct")]
    public static partial nuint WritePoint(
        EcGroupHandle group, EcPointHandle point, int form, Span<byte> bytes, nuint length, nint context);

    [LibraryImport(Library, EntryPoint = "BN_bin2bn")]
    public static partial BigNumberHandle ReadNumber(ReadOnlySpan<byte> bytes, int length, nint reuse);

    [LibraryImport(Library, EntryPoint = "BN_bn2binpad")]
    public static partial int WriteNumber(BigNumberHandle number, Span<byte> bytes, int length);

    [LibraryImport(Library, EntryPoint = "BN_new")]
    public static partial BigNumberHandle NewNumber();

    [LibraryImport(Library, EntryPoint = "BN_clear_free")]
    public static partial void FreeNumber(nint number);

    [LibraryImport(Library, EntryPoint = "BN_set_flags")]
    public static partial void SetFlags(BigNumberHandle number, int flags);

    [LibraryImport(Library, EntryPoint = "BN_cmp")]
    public static partial int Compare(BigNumberHandle one, BigNumberHandle other);

    [LibraryImport(Library, EntryPoint = "BN_is_zero")]
    public static partial int IsZero(BigNumberHandle number);

    [LibraryImport(Library, EntryPoint = "BN_nnmod")]
    public static partial int Reduce(BigNumberHandle result, BigNumberHandle number, BigNumberHandle modulus, NumberContextHandle context);

    [LibraryImport(Library, EntryPoint = "BN_mod_mul")]
    public static partial int MultiplyModulo(
        BigNumberHandle result, BigNumberHandle one, BigNumberHandle other, BigNumberHandle modulus, NumberContextHandle context);

    [LibraryImport(Library, EntryPoint = "BN_mod_sub")]
    public static partial int SubtractModulo(
        BigNumberHandle result, BigNumberHandle one, BigNumberHandle other, BigNumberHandle modulus, NumberContextHandle context);

    [LibraryImport(Library, EntryPoint = "BN_mod_inverse")]
    public static partial nint Invert(nint result, BigNumberHandle number, BigNumberHandle modulus, NumberContextHandle context);

    [LibraryImport(Library, EntryPoint = "BN_CTX_secure_new")]
    public static partial NumberContextHandle NewContext();

    [LibraryImport(Library, EntryPoint = "BN_CTX_free")]
    public static partial void FreeContext(nint context);

    /// <exception cref="OpenSslException">A call into the library failed, which only a lack of memory explains.</exception>
    public static void Check(bool succeeded, string what)
    {
        if (!succeeded)
        {
            throw OpenSslException.FromQueue(what);
        }
    }
}
