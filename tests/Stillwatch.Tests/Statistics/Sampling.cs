using Stillwatch.Statistics;

namespace Stillwatch.Tests.Statistics;

/// <summary>Draws from the distributions that tests simulate.</summary>
internal static class Sampling
{
    internal static bool Bernoulli(this ref SeededGenerator generator, double probability) => generator.NextDouble() < probability;

    internal static int Binomial(this ref SeededGenerator generator, int trials, double probability)
    {
        var successes = 0;
        for (var i = 0; i < trials; i++)
        {
            successes += generator.Bernoulli(probability) ? 1 : 0;
        }

        return successes;
    }

    internal static double Exponential(this ref SeededGenerator generator) => -Math.Log(1 - generator.NextDouble());

    internal static int Poisson(this ref SeededGenerator generator, double mean)
    {
        var count = 0;
        for (var left = mean - generator.Exponential(); left > 0; left -= generator.Exponential())
        {
            count++;
        }

        return count;
    }

    /// <summary>A gamma variate of scale 1 (Marsaglia and Tsang 2000).</summary>
    internal static double Gamma(this ref SeededGenerator generator, double shape)
    {
        if (shape < 1)
        {
            return generator.Gamma(shape + 1) * Math.Pow(generator.NextDouble(), 1 / shape);
        }

        var d = shape - (1.0 / 3);
        while (true)
        {
            var x = generator.Normal();
            var v = Math.Pow(1 + (x / Math.Sqrt(9 * d)), 3);
            if (v > 0 && Math.Log(1 - generator.NextDouble()) < (x * x / 2) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v;
            }
        }
    }

    internal static double Normal(this ref SeededGenerator generator) =>
        Math.Sqrt(2 * generator.Exponential()) * Math.Cos(2 * Math.PI * generator.NextDouble());

    internal static double[] Normals(this ref SeededGenerator generator, int count, double mean = 0)
    {
        var values = new double[count];
        for (var i = 0; i < count; i++)
        {
            values[i] = mean + generator.Normal();
        }

        return values;
    }
}
