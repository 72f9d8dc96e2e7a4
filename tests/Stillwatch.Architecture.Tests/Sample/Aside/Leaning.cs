using Stillwatch.Architecture.Tests.Sample.Early;

namespace Stillwatch.Architecture.Tests.Sample.Aside;

public sealed class Leaning
{
    public Innocent? Other { get; init; }
}
