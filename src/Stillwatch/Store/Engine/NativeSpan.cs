using System.Diagnostics;

namespace Stillwatch.Store.Engine;

/// <summary>Bytes at an address that does not move: native memory, or a pinned array.</summary>
internal readonly unsafe struct NativeSpan
{
    internal NativeSpan(byte* start, int length)
    {
        Debug.Assert(length >= 0 && (start is not null || length == 0), "A span has a start or no bytes.");
        Start = start;
        Length = length;
    }

    internal byte* Start { get; }

    internal int Length { get; }

    internal ReadOnlySpan<byte> Bytes => new(Start, Length);
}
