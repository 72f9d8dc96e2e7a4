namespace Stillwatch.Provenance.Watermarking;

/// <summary>TextSeal's pseudorandom function: a number from 0 to 8190 for a key, a window and a token.</summary>
/// <remarks>
/// facebookresearch/textseal (MIT), 2026. The key enters as a sum with the token, so that keys which differ little give the same numbers
/// for shifted tokens: no function for secrets. Stateless.
/// </remarks>
public static class TextSealFunction
{
    /// <summary>How many values there are: 2^13 - 1.</summary>
    public const int Values = 8191;

    /// <summary>The longest window.</summary>
    public const int MaxWindow = 10;

    private static ReadOnlySpan<int> Primes =>
        [10000019, 10000247, 10000439, 10000643, 10000747, 10000867, 10000993, 10001213, 10001357, 10001501];

    /// <summary>The number; divided by <see cref="Values"/> it stands for a uniform one.</summary>
    /// <param name="window">1 to <see cref="MaxWindow"/> ids before the token, oldest first.</param>
    /// <param name="token">The id.</param>
    /// <param name="key">The secret key.</param>
    public static int Value(ReadOnlySpan<int> window, int token, long key)
    {
        var hash = (Sum(window, token) + 500001713 * key) * 15485863;
        hash *= 40499;
        hash ^= hash >> 13;
        var rest = (int)(hash % Values);
        return rest < 0 ? rest + Values : rest;
    }

    /// <summary>All that the window and the token contribute; pairs of equal sums always have the same value.</summary>
    internal static long Sum(ReadOnlySpan<int> window, int token)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(window.Length, MaxWindow);
        var sum = 100000007L * token;
        for (var i = 0; i < window.Length; i++)
        {
            sum += (long)Primes[i] * window[i];
        }

        return sum;
    }
}
