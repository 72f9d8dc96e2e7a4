namespace Stillwatch.Sketching;

/// <summary>The fingerprint of one phrase: 61 bits of hash, and in the lowest three its length in words.</summary>
/// <remarks>
/// A long phrase that two accounts have in common says more than a heading of one word; the hunt needs to know which it is.
/// </remarks>
public static class PhraseFingerprint
{
    /// <summary>Lengths from this on are told apart no more.</summary>
    public const int MaxWords = 7;

    /// <summary>Words of the phrase, 1 to <see cref="MaxWords"/>.</summary>
    public static int Words(ulong fingerprint) => (int)(fingerprint & MaxWords);

    internal static ulong Of(ulong sequence, int words) =>
        (XxHash64.Avalanche(sequence) & ~(ulong)MaxWords) | (uint)Math.Min(words, MaxWords);
}
