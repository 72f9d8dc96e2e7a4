namespace Stillwatch.Cli.Output;

/// <summary>Hands reports on where they arise; the runtime's own class would hand them on later, in any order.</summary>
internal sealed class DirectProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
