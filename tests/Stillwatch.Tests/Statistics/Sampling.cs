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
