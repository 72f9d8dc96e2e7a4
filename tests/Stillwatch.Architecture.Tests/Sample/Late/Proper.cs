using Stillwatch.Architecture.Tests.Sample.Aside;
using Stillwatch.Architecture.Tests.Sample.Early;

namespace Stillwatch.Architecture.Tests.Sample.Late;

public sealed class Proper
{
    public Innocent Before { get; } = new();

    public Standing Beside { get; } = new();
}
