namespace Stillwatch.Native;

/// <summary>A caller's mistake, on its way to the boundary; it never crosses it.</summary>
internal sealed class MarkFault : Exception
{
    public MarkFault(MarkResult result, string message)
        : base(message) => Result = result;

    public MarkResult Result { get; }
}
