using Microsoft.Win32.SafeHandles;

namespace Stillwatch.Evidence.Sharing.PrivateMatching.Voprf;

/// <summary>A point of a curve; its memory is cleared when it is freed.</summary>
internal sealed class EcPointHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        LibCryptoCurves.FreePoint(handle);
        return true;
    }
}
