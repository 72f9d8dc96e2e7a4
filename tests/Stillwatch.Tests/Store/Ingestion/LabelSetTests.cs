using Stillwatch.Store.Ingestion;

namespace Stillwatch.Tests.Store.Ingestion;

public sealed class LabelSetTests
{
    [Fact]
    public void Add_WithinItsCapacity_IsNewOnce()
    {
        var set = new LabelSet(100);
        Assert.All(Enumerable.Range(1, 50), value => Assert.True(set.Add((ulong)value)));
        Assert.All(Enumerable.Range(1, 50), value => Assert.False(set.Add((ulong)value)));
    }

    [Fact]
    public void Add_OfOneMetAgainAndAgain_IsNewOnceWhateverComesBetween()
    {
        var set = new LabelSet(100);
        set.Add(1_000_000);
        for (var value = 1ul; value < 10_000; value++)
        {
            set.Add(value);
            Assert.False(set.Add(1_000_000));
        }
    }

    [Fact]
    public void Add_OfOneNotMetForTwoGenerations_IsNewAgain()
    {
        var set = new LabelSet(100);
        set.Add(1_000_000);
        for (var value = 1ul; value <= 250; value++)
        {
            set.Add(value);
        }

        Assert.True(set.Add(1_000_000));
    }
}
