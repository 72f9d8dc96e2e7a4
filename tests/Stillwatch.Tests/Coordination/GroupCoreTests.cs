using Stillwatch.Coordination;

namespace Stillwatch.Tests.Coordination;

public sealed class GroupCoreTests
{
    private static readonly CoreValue[] Values = [new(3, 8, 0.8), new(1, 6, 0.6)];

    [Fact]
    public void Equals_SameValues_IsOneKey()
    {
        var (first, second) = (new GroupCore(Values), new GroupCore([.. Values]));
        Assert.Equal<object>(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
    }

    [Fact]
    public void Equals_AnythingElse_IsAnotherKey()
    {
        CoreValue[][] others = [[], Values[..1], [Values[1], Values[0]], [Values[0], new(2, 6, 0.6)], [Values[0], new(1, 6, 0.5)]];
        Assert.All(others, static other => Assert.NotEqual<object>(new GroupCore(Values), new GroupCore(other)));
    }
}
