using Microsoft.Win32.SafeHandles;

namespace Stillwatch.Evidence.Signing;

/// <summary>Owns an EVP_MD_CTX.</summary>
internal sealed class EvpContextHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        LibCrypto.FreeContext(handle);
        return true;
    }
}
