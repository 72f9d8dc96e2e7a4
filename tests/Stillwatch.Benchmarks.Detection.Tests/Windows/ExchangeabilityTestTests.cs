using Stillwatch.Benchmarks.Detection.Windows;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Detection.Tests.Windows;

public sealed class ExchangeabilityTestTests
{
    private const int Worlds = 3000;
    private const int Calibration = 60;
    private const int Window = 40;

    [Theory]
    [InlineData(false, 0.01)]
    [InlineData(false, 0.1)]
    [InlineData(true, 0.1)]
    public void PValue_OfExchangeableQueries_KeepsItsLevel(bool twoSided, double level)
    {
        var rejected = Rejections(twoSided, level, shift: 0);
        Assert.True(ClopperPearson.Interval(rejected, Worlds, 0.999).Contains(level), $"{rejected} of {Worlds} rejected.");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void PValue_OfAShiftedWindow_IsSmall(bool twoSided) =>
        Assert.True(Rejections(twoSided, 0.1, shift: 1) > 0.95 * Worlds);

    [Fact]
    public void PValue_DecidedEarly_DecidesAlike()
    {
        for (var world = 0UL; world < 200; world++)
        {
            var (score, window) = World(world, shift: 0.3);
            var (first, second) = (new SeededGenerator(world), new SeededGenerator(world));
            var whole = new ExchangeabilityTest(score, true, [.. Enumerable.Range(Window, Calibration)]);
            var early = new ExchangeabilityTest(score, true, [.. Enumerable.Range(Window, Calibration)], decisiveLevel: 0.05);
            Assert.Equal(whole.PValueOf(window, ref first).Rejects(0.05), early.PValueOf(window, ref second).Rejects(0.05));
        }
    }

    private static int Rejections(bool twoSided, double level, double shift)
    {
        var rejected = 0;
        Parallel.For(0, Worlds, world =>
        {
            var (score, window) = World((ulong)world, shift);
            var generator = new SeededGenerator((ulong)world, 2);
            var test = new ExchangeabilityTest(score, twoSided, [.. Enumerable.Range(Window, Calibration)]);
            Interlocked.Add(ref rejected, test.PValueOf(window, ref generator).Rejects(level) ? 1 : 0);
        });
        return rejected;
    }

    /// <summary>A number a query; the window's queries come first.</summary>
    private static (IWindowScore Score, int[] Window) World(ulong seed, double shift)
    {
        var generator = new SeededGenerator(seed, 1);
        var values = new double[Window + Calibration];
        for (var query = 0; query < values.Length; query++)
        {
            values[query] = Math.Log(1 / (1 - generator.NextDouble())) + (query < Window ? shift : 0);
        }

        return (new Mean(values), [.. Enumerable.Range(0, Window)]);
    }

    private sealed class Mean(double[] values) : IWindowScore
    {
        public double Of(ReadOnlySpan<int> window)
        {
            var sum = 0.0;
            foreach (var query in window)
            {
                sum += values[query];
            }

            return sum / window.Length;
        }
    }
}
