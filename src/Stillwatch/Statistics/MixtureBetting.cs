namespace Stillwatch.Statistics;

/// <summary>
/// Tests the mean of values between 0 and 1 by betting against it: the capital, started at 1, is an e-value at every time.
/// </summary>
/// <remarks>
/// Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting", JRSS B 2024, with a fixed mixture of constant bets:
/// the capital is the average, over fractions f of the stake, of the product of 1 + f (x/mean - 1). The fractions are evenly spaced in
/// log-odds from 0.001 to 0.98. Assumes that each value has conditional mean within the null hypothesis given those before it; independence
/// and equal distributions are not needed. Memory: one number per fraction. Not thread-safe: one writer.
/// </remarks>
public sealed class MixtureBetting
{
    /// <summary>Number of fractions on each side.</summary>
    public const int Fractions = 24;

    private const double LowestFraction = 0.001;
    private const double HighestFraction = 0.98;
    private static readonly double[] Grid = [.. Enumerable.Range(0, Fractions).Select(FractionAt)];

    private readonly int _bettingUp;
    private readonly double[] _logCapitals;

    /// <param name="nullMean">The mean under the null hypothesis, above 0 and below 1.</param>
    /// <param name="alternative">On which side alternatives lie.</param>
    /// <exception cref="ArgumentOutOfRangeException">The mean or the alternative is out of range.</exception>
    public MixtureBetting(double nullMean, Alternative alternative)
    {
        Argument.ThrowIfNotInsideUnitInterval(nullMean);
        Argument.ThrowIfUndefined(alternative);
        (NullMean, Alternative) = (nullMean, alternative);
        _bettingUp = alternative == Alternative.Less ? 0 : Fractions;
        _logCapitals = new double[alternative == Alternative.TwoSided ? 2 * Fractions : Fractions];
    }

    /// <summary>Continues from a saved state, bit by bit as if it had never been saved.</summary>
    /// <exception cref="ArgumentException">The snapshot is not one of a test of this kind.</exception>
    public MixtureBetting(MixtureBettingSnapshot snapshot)
        : this((snapshot ?? throw new ArgumentNullException(nameof(snapshot))).NullMean, snapshot.Alternative)
    {
        if (snapshot.LogCapitals.IsDefault || snapshot.LogCapitals.Length != _logCapitals.Length || snapshot.Observations < 0)
        {
            throw new ArgumentException($"A snapshot with {_logCapitals.Length} capitals is accepted.", nameof(snapshot));
        }

        snapshot.LogCapitals.CopyTo(_logCapitals);
        (Observations, Peak) = (snapshot.Observations, EValue.FromLog10(snapshot.Log10Peak));
    }

    /// <summary>The mean under the null hypothesis.</summary>
    public double NullMean { get; }

    /// <summary>On which side alternatives lie.</summary>
    public Alternative Alternative { get; }

    /// <summary>Number of values seen.</summary>
    public long Observations { get; private set; }

    /// <summary>The present capital: an e-value now and at any time chosen by looking at it.</summary>
    public EValue Capital => EValue.FromNaturalLog(LogSpace.Sum(_logCapitals) - Math.Log(_logCapitals.Length));

    /// <summary>The largest capital so far, 1 at the start. It is no e-value; see <see cref="AnytimePValue"/>.</summary>
    public EValue Peak { get; private set; } = EValue.One;

    /// <summary>1 over the largest capital so far: a p-value at every time at once, by Ville's inequality.</summary>
    public PValue AnytimePValue => Peak.ToPValue();

    /// <summary>Places the bets on one more value.</summary>
    /// <param name="value">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not in [0, 1].</exception>
    public void Observe(double value)
    {
        Argument.ThrowIfNotProbability(value);
        Bet(_logCapitals.AsSpan(0, _bettingUp), value / NullMean - 1);
        Bet(_logCapitals.AsSpan(_bettingUp), (1 - value) / (1 - NullMean) - 1);
        Observations++;
        var capital = Capital;
        Peak = capital > Peak ? capital : Peak;
    }

    /// <summary>The state, to be saved.</summary>
    public MixtureBettingSnapshot ToSnapshot() => new(NullMean, Alternative, Observations, Peak.Log10, [.. _logCapitals]);

    private static void Bet(Span<double> logCapitals, double excess)
    {
        for (var i = 0; i < logCapitals.Length; i++)
        {
            logCapitals[i] += LogSpace.Log1P(Grid[i] * excess);
        }
    }

    private static double FractionAt(int index)
    {
        var (low, high) = (Math.Log(LowestFraction / (1 - LowestFraction)), Math.Log(HighestFraction / (1 - HighestFraction)));
        return 1 / (1 + Math.Exp(-(low + (high - low) * index / (Fractions - 1))));
    }
}
