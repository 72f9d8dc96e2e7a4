namespace Stillwatch.Statistics;

/// <summary>
/// Tests the mean of values between 0 and 1 by betting against it with stakes that follow the variance seen so far: cheaper than
/// <see cref="MixtureBetting"/>, and sharpest for values that vary little.
/// </summary>
/// <remarks>
/// Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting", JRSS B 2024 (hedged capital process with predictable
/// plug-in bets): bet sqrt(2 ln(2/level) / (v t ln(1 + t))) with the running variance v regularized by one observation of mean 1/2 and
/// variance 1/4, at most half of what can be lost. Two-sided capital is the average of both sides. Assumes that each value has conditional
/// mean within the null hypothesis given those before it. Memory: constant. Not thread-safe: one writer.
/// </remarks>
public sealed class HedgedCapital
{
    /// <summary>Default of the level that the bets are sized for.</summary>
    public const double DefaultTargetLevel = 0.01;

    /// <summary>The share of the capital that one value can cost at most.</summary>
    private const double Truncation = 0.5;

    private HedgedCapitalSnapshot _state;

    /// <param name="nullMean">The mean under the null hypothesis, above 0 and below 1.</param>
    /// <param name="alternative">On which side alternatives lie.</param>
    /// <param name="targetLevel">The level that the bets are sized for; the capital is an e-value whatever it is. Default 0.01.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public HedgedCapital(double nullMean, Alternative alternative, double targetLevel = DefaultTargetLevel)
        : this(new HedgedCapitalSnapshot(nullMean, alternative, targetLevel))
    {
    }

    /// <summary>Continues from a saved state, bit by bit as if it had never been saved.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A parameter of the snapshot is out of range.</exception>
    public HedgedCapital(HedgedCapitalSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        Argument.ThrowIfNotInsideUnitInterval(snapshot.NullMean, "nullMean");
        Argument.ThrowIfUndefined(snapshot.Alternative, "alternative");
        Argument.ThrowIfNotInsideUnitInterval(snapshot.TargetLevel, "targetLevel");
        ArgumentOutOfRangeException.ThrowIfNegative(snapshot.Observations, nameof(snapshot));
        _state = snapshot;
    }

    /// <summary>Number of values seen.</summary>
    public long Observations => _state.Observations;

    /// <summary>The present capital: an e-value now and at any time chosen by looking at it.</summary>
    public EValue Capital => EValue.FromNaturalLog(_state.Alternative switch
    {
        Alternative.Greater => _state.LogCapitalUp,
        Alternative.Less => _state.LogCapitalDown,
        _ => LogSpace.Add(_state.LogCapitalUp, _state.LogCapitalDown) - LogSpace.Ln2,
    });

    /// <summary>The largest capital so far, 1 at the start. It is no e-value; see <see cref="AnytimePValue"/>.</summary>
    public EValue Peak => EValue.FromLog10(_state.Log10Peak);

    /// <summary>1 over the largest capital so far: a p-value at every time at once, by Ville's inequality.</summary>
    public PValue AnytimePValue => Peak.ToPValue();

    /// <summary>Places the bet on one more value.</summary>
    /// <param name="value">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not in [0, 1].</exception>
    public void Observe(double value)
    {
        Argument.ThrowIfNotProbability(value);
        var (seen, bet) = (_state.Observations + 1, Bet());
        var (up, down) = (Math.Min(bet, Truncation / _state.NullMean), Math.Min(bet, Truncation / (1 - _state.NullMean)));
        var mean = (0.5 + _state.Sum + value) / (seen + 1);
        _state = _state with
        {
            Observations = seen,
            Sum = _state.Sum + value,
            SquaredDeviations = _state.SquaredDeviations + (value - mean) * (value - mean),
            LogCapitalUp = _state.LogCapitalUp + LogSpace.Log1P(up * (value - _state.NullMean)),
            LogCapitalDown = _state.LogCapitalDown + LogSpace.Log1P(-down * (value - _state.NullMean)),
        };
        _state = _state with { Log10Peak = Math.Max(_state.Log10Peak, Capital.Log10) };
    }

    /// <summary>The state, to be saved.</summary>
    public HedgedCapitalSnapshot ToSnapshot() => _state;

    /// <summary>The next bet, from what has been seen before it.</summary>
    private double Bet()
    {
        var t = _state.Observations + 1.0;
        var variance = (0.25 + _state.SquaredDeviations) / t;
        return Math.Sqrt(2 * Math.Log(2 / _state.TargetLevel) / (variance * t * Math.Log(1 + t)));
    }
}
