namespace Stillwatch.Statistics;

/// <summary>
/// Evidence gathered over time: the running product of e-values, each valid given everything before it. One may look after every step and
/// stop when it suits.
/// </summary>
/// <remarks>
/// Ville 1939; Shafer et al., "Test martingales, Bayes factors and p-values", Statistical Science 2011. Under the null hypothesis the
/// product ever reaches 1/u with probability at most u. Memory: constant. Not thread-safe: one writer.
/// </remarks>
public sealed class TestMartingale
{
    /// <summary>Starts with the stake 1.</summary>
    public TestMartingale()
    {
    }

    /// <summary>Continues from a saved state, bit by bit as if it had never been saved.</summary>
    /// <exception cref="ArgumentException">
    /// The snapshot's wealth lies above its peak, its peak below 1, or its steps are negative.
    /// </exception>
    public TestMartingale(TestMartingaleSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (snapshot.Steps < 0 || !(snapshot.Log10Peak >= 0) || !(snapshot.Log10Wealth <= snapshot.Log10Peak))
        {
            throw new ArgumentException($"{snapshot} is no state of a test martingale: wealth is at most the peak, the peak at least 1.");
        }

        Steps = snapshot.Steps;
        Wealth = EValue.FromLog10(snapshot.Log10Wealth);
        Peak = EValue.FromLog10(snapshot.Log10Peak);
    }

    /// <summary>Number of e-values taken in.</summary>
    public long Steps { get; private set; }

    /// <summary>The product so far: an e-value now and at any time chosen by looking at it. Once 0, it stays 0.</summary>
    public EValue Wealth { get; private set; } = EValue.One;

    /// <summary>The largest product so far, 1 at the start. It is no e-value; see <see cref="AnytimePValue"/>.</summary>
    public EValue Peak { get; private set; } = EValue.One;

    /// <summary>1 over the largest product so far: a p-value at every time at once, by Ville's inequality.</summary>
    public PValue AnytimePValue => Peak.ToPValue();

    /// <summary>Takes in the next e-value.</summary>
    /// <param name="conditional">Its expectation under the null hypothesis is at most 1 given everything before it.</param>
    public void Observe(EValue conditional)
    {
        Wealth = EValueCombination.Product([Wealth, conditional]);
        Peak = Wealth > Peak ? Wealth : Peak;
        Steps++;
    }

    /// <summary>Whether the product has ever reached 1/level, which under the null hypothesis has probability at most the level.</summary>
    /// <param name="level">The accepted probability of a false rejection, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not in [0, 1].</exception>
    public bool Rejects(double level) => AnytimePValue.Rejects(level);

    /// <summary>The state, to be saved.</summary>
    public TestMartingaleSnapshot ToSnapshot() => new(Steps, Wealth.Log10, Peak.Log10);
}
