using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Store.Ingestion;

namespace Stillwatch.Tests.Store.Ingestion;

public sealed class HashSet64Tests
{
    [Fact]
    public void Add_AnyMembers_AgreesWithTheFrameworksSet() =>
        Prop.ForAll(Gen.Choose(1, 6000).Select(static value => (ulong)value).ListOf().ToArbitrary(), static values =>
        {
            var (set, expected) = (new HashSet64(), new HashSet<ulong>());
            return values.All(value => set.Add(value) == expected.Add(value))
                && set.Count == expected.Count
                && Enumerable.Range(1, 6000).All(value => set.Contains((ulong)value) == expected.Contains((ulong)value));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Add_ManyTimesItsFirstSize_KeepsAll()
    {
        var set = new HashSet64();
        for (var value = 1ul; value <= 100_000; value++)
        {
            Assert.True(set.Add(value << 40));
        }

        Assert.Equal(100_000, set.Count);
        Assert.True(set.Contains(77_777ul << 40));
        Assert.False(set.Contains(77_777));
    }

    [Fact]
    public void Clear_MakesItEmpty()
    {
        var set = new HashSet64(10);
        set.Add(5);
        set.Clear();
        Assert.Equal(0, set.Count);
        Assert.False(set.Contains(5));
        Assert.True(set.Add(5));
    }
}
