using Microsoft.Win32.SafeHandles;

namespace Stillwatch.Evidence.Signing;

/// <summary>Owns an EVP_PKEY.</summary>
internal sealed class EvpKeyHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        LibCrypto.FreeKey(handle);
        return true;
    }
}
