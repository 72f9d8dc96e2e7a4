namespace Stillwatch.Provenance.Watermarking;

/// <summary>TextSeal's function as green lists: green where its number, as a share, is below gamma. Safe from any thread.</summary>
public sealed class TextSealGreenList : IGreenList
{
    private readonly long _key;
    private readonly int _greenValues;

    /// <param name="width">Tokens of the window, 1 to <see cref="TextSealFunction.MaxWindow"/>.</param>
    /// <param name="gamma">Above 0 and below 1.</param>
    /// <param name="key">The secret key.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width or the share is out of range.</exception>
    public TextSealGreenList(int width, double gamma, long key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, TextSealFunction.MaxWindow);
        for (var value = 0; value < TextSealFunction.Values; value++)
        {
            // Single precision, because the original divides and compares in it.
            _greenValues += (float)value / TextSealFunction.Values < (float)gamma ? 1 : 0;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(_greenValues, 1, nameof(gamma));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(_greenValues, TextSealFunction.Values, nameof(gamma));
        (ContextWidth, _key) = (width, key);
    }

    /// <inheritdoc/>
    public int ContextWidth { get; }

    /// <inheritdoc/>
    public double GreenProbability => (double)_greenValues / TextSealFunction.Values;

    /// <inheritdoc/>
    public GreenDependence Dependence => GreenDependence.Independent;

    /// <inheritdoc/>
    public int? Vocabulary => null;

    /// <inheritdoc/>
    public PairIdentity Identify(ReadOnlySpan<int> context, int token) =>
        new(PairIdentity.Of(context, token).List, (ulong)TextSealFunction.Sum(context, token));

    /// <inheritdoc/>
    public bool IsGreen(ReadOnlySpan<int> context, int token) => TextSealFunction.Value(context, token, _key) < _greenValues;
}
