using Stillwatch.Gateway.Responses;

namespace Stillwatch.Gateway.Configuration;

/// <summary>What follows from findings, and what the steps of responses do.</summary>
public sealed record ResponseOptions
{
    /// <summary>What follows from findings.</summary>
    public ResponsePolicy Policy { get; init; } = ResponsePolicy.Default;

    /// <summary>The section of the configuration; the log names its digest. Empty where there is none.</summary>
    public string Text { get; init; } = "";

    /// <summary>What more is recorded of whom a response is enforced for; null for nothing.</summary>
    public ObserveOptions? Observe { get; init; }

    /// <summary>Books of trap facts that may be served; a book is used once the log holds its commitment.</summary>
    public IReadOnlyList<TrapBook> Canaries { get; init; } = [];

    /// <summary>What a reduced request loses.</summary>
    public ReduceOptions Reduce { get; init; } = new();
}
