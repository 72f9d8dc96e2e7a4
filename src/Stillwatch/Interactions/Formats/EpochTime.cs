using System.Buffers.Text;

namespace Stillwatch.Interactions.Formats;

/// <summary>Times as a count since 1970-01-01T00:00:00Z, in a unit told by magnitude: between 1973 and 5138 no two units overlap.</summary>
internal static class EpochTime
{
    private const double FirstMilliseconds = 1e11;
    private const double FirstMicroseconds = 1e14;
    private const double FirstNanoseconds = 1e17;

    /// <summary>Reads a count, also with a fraction, as milliseconds.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long milliseconds)
    {
        milliseconds = 0;
        if (!Utf8Parser.TryParse(text, out double count, out var consumed) || consumed != text.Length || !double.IsFinite(count))
        {
            return false;
        }

        milliseconds = (long)Math.Floor(Math.Abs(count) switch
        {
            < FirstMilliseconds => count * 1000,
            < FirstMicroseconds => count,
            < FirstNanoseconds => count / 1000,
            _ => count / 1_000_000,
        });
        return true;
    }
}
