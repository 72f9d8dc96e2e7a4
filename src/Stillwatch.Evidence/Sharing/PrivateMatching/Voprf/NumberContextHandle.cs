using Microsoft.Win32.SafeHandles;

namespace Stillwatch.Evidence.Sharing.PrivateMatching.Voprf;

/// <summary>Scratch memory of big-number arithmetic; for one thread at a time.</summary>
internal sealed class NumberContextHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle()
    {
        LibCryptoCurves.FreeContext(handle);
        return true;
    }
}
