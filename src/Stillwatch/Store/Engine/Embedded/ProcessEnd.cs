using System.Runtime.InteropServices;

namespace Stillwatch.Store.Engine.Embedded;

/// <summary>The end of the process without the clean-up of native libraries.</summary>
internal static partial class ProcessEnd
{
    /// <summary>Ends the process now; for when an engine that does not stop would turn a clean exit into a crash.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    internal static partial void Immediately(int status);
}
