using Microsoft.Win32.SafeHandles;

namespace Stillwatch.Evidence.Sharing.PrivateMatching.Voprf;

/// <summary>A number of libcrypto; its memory is cleared when it is freed.</summary>
internal sealed class BigNumberHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        LibCryptoCurves.FreeNumber(handle);
        return true;
    }
}
