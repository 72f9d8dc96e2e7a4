namespace Stillwatch.Cli.Tests.Launching;

/// <summary>A checkout after its first run, for tests that leave it as it is.</summary>
public sealed class BuiltCheckout : IAsyncLifetime
{
    internal Checkout Checkout { get; } = new Checkout().WithAssets();

    /// <summary>What the first run gave for the arguments "a b", "--c" and "".</summary>
    public (int Status, string Output, string Errors) FirstRun { get; private set; }

    public async ValueTask InitializeAsync() => FirstRun = await Checkout.RunAsync("a b", "--c", "");

    public ValueTask DisposeAsync()
    {
        Checkout.Dispose();
        return ValueTask.CompletedTask;
    }
}
