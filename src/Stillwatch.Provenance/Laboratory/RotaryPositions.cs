namespace Stillwatch.Provenance.Laboratory;

/// <summary>
/// Rotary positions (Su et al., "RoFormer", 2021): queries and keys are turned by angles that grow with their place, so that attention sees
/// distances. Immutable; safe from any thread.
/// </summary>
internal sealed class RotaryPositions
{
    private const double Base = 10_000;

    private readonly int _half;
    private readonly float[] _cosines;
    private readonly float[] _sines;

    /// <param name="window">Places.</param>
    /// <param name="headDimension">Even.</param>
    public RotaryPositions(int window, int headDimension)
    {
        _half = headDimension / 2;
        (_cosines, _sines) = (new float[window * _half], new float[window * _half]);
        for (var place = 0; place < window; place++)
        {
            for (var i = 0; i < _half; i++)
            {
                var angle = place * Math.Pow(Base, -(double)i / _half);
                (_cosines[(place * _half) + i], _sines[(place * _half) + i]) = ((float)Math.Cos(angle), (float)Math.Sin(angle));
            }
        }
    }

    /// <summary>Turns every head of one token.</summary>
    /// <param name="heads">The heads, one behind the other.</param>
    /// <param name="place">Its place.</param>
    /// <param name="direction">1 to turn, -1 to turn back, as gradients are.</param>
    public void Turn(Span<float> heads, int place, int direction)
    {
        var cosines = _cosines.AsSpan(place * _half, _half);
        var sines = _sines.AsSpan(place * _half, _half);
        for (var start = 0; start < heads.Length; start += 2 * _half)
        {
            var first = heads.Slice(start, _half);
            var second = heads.Slice(start + _half, _half);
            for (var i = 0; i < first.Length; i++)
            {
                var (x, y, sine) = (first[i], second[i], direction * sines[i]);
                first[i] = (x * cosines[i]) - (y * sine);
                second[i] = (x * sine) + (y * cosines[i]);
            }
        }
    }
}
