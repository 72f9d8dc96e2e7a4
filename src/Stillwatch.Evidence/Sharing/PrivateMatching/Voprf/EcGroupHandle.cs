using Microsoft.Win32.SafeHandles;

namespace Stillwatch.Evidence.Sharing.PrivateMatching.Voprf;

/// <summary>A curve of libcrypto.</summary>
internal sealed class EcGroupHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        LibCryptoCurves.FreeGroup(handle);
        return true;
    }
}
