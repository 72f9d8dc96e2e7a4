namespace Stillwatch.Architecture.Tests.Sample.Early;

public sealed class Innocent
{
    public string Text { get; } = nameof(Late);
}
