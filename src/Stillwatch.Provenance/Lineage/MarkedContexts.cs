using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Provenance.Lineage;

/// <summary>The contexts after which our own marked texts drew a token: what a student of them can have learnt. One writer.</summary>
public sealed class MarkedContexts
{
    private readonly HashSet<ulong> _seen = [];
    private readonly int _width;

    /// <param name="width">Tokens of a context, 0 to <see cref="KeyedGreenBits.MaxContextWidth"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is out of range.</exception>
    public MarkedContexts(int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, KeyedGreenBits.MaxContextWidth);
        _width = width;
    }

    /// <summary>Different contexts.</summary>
    public int Count => _seen.Count;

    /// <summary>
    /// Takes in a marked text, whole: leaving out what was drawn after a part of it would choose by what the key made of it.
    /// </summary>
    /// <param name="prompt">What stood before; contexts may begin in it.</param>
    /// <param name="drawn">What was drawn with the mark.</param>
    public void Add(ReadOnlySpan<int> prompt, ReadOnlySpan<int> drawn)
    {
        int[] all = [.. prompt, .. drawn];
        for (var place = Math.Max(_width, prompt.Length); place < all.Length; place++)
        {
            _seen.Add(PairIdentity.Of(all.AsSpan((place - _width)..place), 0).List);
        }
    }

    internal bool Contains(ReadOnlySpan<int> context) => _seen.Contains(PairIdentity.Of(context, 0).List);
}
