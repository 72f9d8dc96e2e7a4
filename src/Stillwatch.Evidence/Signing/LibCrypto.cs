using System.Runtime.InteropServices;

// libcrypto and libc come from the system, never from beside the program.
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Stillwatch.Evidence.Signing;

/// <summary>The functions of OpenSSL 3 that Ed25519 needs; .NET itself has no Ed25519.</summary>
/// <remarks>
/// Arguments and results are those of OpenSSL's manual pages EVP_PKEY_new, EVP_DigestSign, EVP_DigestVerify, ERR_get_error.
/// </remarks>
internal static partial class LibCrypto
{
    /// <summary>EVP_PKEY_ED25519, the number of the object identifier 1.3.101.112.</summary>
    internal const int Ed25519 = 1087;

    private const string Library = "libcrypto.so.3";

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_private_key")]
    internal static partial EvpKeyHandle NewPrivateKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_public_key")]
    internal static partial EvpKeyHandle NewPublicKey(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_get_raw_public_key")]
    internal static partial int GetPublicKey(EvpKeyHandle key, Span<byte> to, ref nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_free")]
    internal static partial void FreeKey(nint key);

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_new")]
    internal static partial EvpContextHandle NewContext();

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_free")]
    internal static partial void FreeContext(nint context);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSignInit")]
    internal static partial int SignInit(EvpContextHandle context, nint keyContext, nint digest, nint engine, EvpKeyHandle key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSign")]
    internal static partial int Sign(
        EvpContextHandle context, Span<byte> signature, ref nuint length, ReadOnlySpan<byte> message, nuint size);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerifyInit")]
    internal static partial int VerifyInit(EvpContextHandle context, nint keyContext, nint digest, nint engine, EvpKeyHandle key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerify")]
    internal static partial int Verify(
        EvpContextHandle context, ReadOnlySpan<byte> signature, nuint length, ReadOnlySpan<byte> message, nuint size);

    [LibraryImport(Library, EntryPoint = "ERR_get_error")]
    internal static partial nuint NextError();

    [LibraryImport(Library, EntryPoint = "ERR_error_string_n")]
    internal static partial void DescribeError(nuint error, Span<byte> text, nuint length);

    [LibraryImport(Library, EntryPoint = "ERR_clear_error")]
    internal static partial void ClearErrors();
}
