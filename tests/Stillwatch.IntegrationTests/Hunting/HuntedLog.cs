namespace Stillwatch.IntegrationTests.Hunting;

/// <summary>What a hunt finds in <see cref="HuntingTests.Log"/>, read in one piece into a new embedded store. A class fixture.</summary>
public sealed class HuntedLog : HuntingTests, IAsyncLifetime
{
    /// <summary>The findings as they are written.</summary>
    public string Findings { get; private set; } = string.Empty;

    public async ValueTask InitializeAsync() => Findings = await HuntAsync(Log);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
