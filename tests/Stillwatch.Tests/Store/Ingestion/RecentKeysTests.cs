using FsCheck;
using FsCheck.Fluent;
using Stillwatch.Store.Ingestion;

namespace Stillwatch.Tests.Store.Ingestion;

public sealed class RecentKeysTests
{
    [Fact]
    public void Contains_OfAnythingLaterThanItsBound_IsComplete()
    {
        var added = from time in Gen.Choose(1, 200)
                    from key in Gen.Choose(1, 1_000_000)
                    select (Key: (ulong)key, Time: (long)time);
        Prop.ForAll(added.ListOf(300).ToArbitrary(), static rows =>
        {
            var recent = new RecentKeys(20, storedUpTo: 50);
            foreach (var (key, time) in rows)
            {
                recent.Add(key, time);
            }

            return rows.All(row => row.Time <= recent.CompleteAfter || recent.Contains(row.Key));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void CompleteAfter_WhileLittleWasAdded_StaysWhereTheStoreEnded()
    {
        var recent = new RecentKeys(100, storedUpTo: 1000);
        for (var key = 1ul; key <= 199; key++)
        {
            recent.Add(key, 1000 + (long)key);
        }

        Assert.Equal(1000, recent.CompleteAfter);
    }

    [Fact]
    public void Add_WithoutEnd_ForgetsTheOldest()
    {
        var recent = new RecentKeys(100, storedUpTo: long.MinValue);
        for (var key = 1ul; key <= 1000; key++)
        {
            recent.Add(key, (long)key);
        }

        Assert.False(recent.Contains(1));
        Assert.True(recent.Contains(1000));
        Assert.InRange(recent.CompleteAfter, 700, 900);
    }
}
