using Stillwatch.Coordination;
using Stillwatch.Statistics;

namespace Stillwatch.Tests.Coordination;

public sealed class SparseSumsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Sums_RandomAdditions_AgreeWithADictionary(ulong seed)
    {
        const int Bound = 40;
        var g = new SeededGenerator(seed);
        var sums = new SparseSums(Bound);
        for (var round = 0; round < 50; round++)
        {
            var (expected, order) = (new Dictionary<int, double>(), new List<int>());
            for (var additions = g.Next(60); additions > 0; additions--)
            {
                var (key, value) = (g.Next(Bound), g.Next(5) - 2);
                sums.Add(key, value);
                if (!expected.TryAdd(key, value))
                {
                    expected[key] += value;
                    continue;
                }

                order.Add(key);
            }

            Assert.Equal(order, sums.Keys.ToArray());
            Assert.All(Enumerable.Range(0, Bound), key => Assert.Equal(expected.GetValueOrDefault(key), sums[key]));
            Assert.Equal(order.Order(), sums.Ascending());
            sums.Clear();
            Assert.Equal(0, sums.Keys.Length);
        }
    }
}
