using Stillwatch.Statistics;

namespace Stillwatch.Simulation.Randomness;

/// <summary>
/// A stream of pseudo-random numbers for one decision: a <see cref="SeededGenerator"/> whose seed is a hash of the scenario's seed, the
/// purpose, and what the decision is about.
/// </summary>
/// <remarks>
/// Streams are derived, never shared: whoever decides something derives the stream for it, so results do not depend on threads or on
/// the order of other decisions. A mutable value: pass it by reference.
/// </remarks>
internal struct RandomStream(ulong key)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private SeededGenerator _generator = new(key);

    /// <summary>A stream for one decision about one thing.</summary>
    public RandomStream(ulong parent, StreamPurpose purpose, ulong index = 0)
        : this(Derive(parent, purpose, index))
    {
    }

    /// <summary>The key of a child; for a given parent and purpose a bijection of <paramref name="index"/>.</summary>
    public static ulong Derive(ulong parent, StreamPurpose purpose, ulong index = 0) =>
        Mix(Mix(parent + (ulong)purpose * Golden) ^ Mix(index + Golden));

    /// <summary>The finaliser of SplitMix64 (Steele, Lea and Flood, 2014): a bijection of 64 bits.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    public ulong Next() => _generator.NextUInt64();

    /// <summary>Uniform in 0 to <paramref name="bound"/> − 1; the bound is at least 1.</summary>
    public int Below(int bound) => _generator.Next(bound);

    /// <summary>Uniform in <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    /// <summary>Uniform in [0, 1) with 53 bits.</summary>
    public double Unit() => _generator.NextDouble();

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double Uniform(double low, double high) => low + (Unit() * (high - low));

    public bool Chance(double probability) => Unit() < probability;

    public T Pick<T>(ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>Exponential with the given mean.</summary>
    public double Exponential(double mean) => -mean * Math.Log(1 - Unit());

    /// <summary>Standard normal (Box and Muller, 1958).</summary>
    public double Normal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - Unit()));
        return radius * Math.Cos(2 * Math.PI * Unit());
    }

    /// <summary>Log-normal by its median and the standard deviation of its logarithm.</summary>
    public double LogNormal(double median, double sigma) => median * Math.Exp(sigma * Normal());

    /// <summary>Pareto: at least <paramref name="minimum"/>, with tail exponent <paramref name="alpha"/>.</summary>
    public double Pareto(double minimum, double alpha) => minimum * Math.Pow(1 - Unit(), -1 / alpha);

    /// <summary>Geometric on 1, 2, …, with the given mean (1 for a mean of 1 or less).</summary>
    public int Geometric(double mean) =>
        mean <= 1 ? 1 : 1 + (int)Math.Min(1e6, Math.Log(1 - Unit()) / Math.Log(1 - (1 / mean)));

    /// <summary>A rank in 0 to <paramref name="count"/> − 1, with a probability of about 1/(rank + 1) (Zipf with exponent 1).</summary>
    public int Zipf(int count) => Math.Min(count - 1, (int)Math.Exp(Unit() * Math.Log(count + 1)) - 1);
}
