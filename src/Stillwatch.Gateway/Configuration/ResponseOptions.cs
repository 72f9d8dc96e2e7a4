using Stillwatch.Gateway.Responses;

namespace Stillwatch.Gateway.Configuration;

/// <summary>What follows from findings, and what the steps of responses do.</summary>
public sealed record ResponseOptions
{
    /// <summary>What follows from findings.</summary>
    public ResponsePolicy Policy { get; init; } = ResponsePolicy.Default;

    /// <summary>The section of the configuration, as YAML writes it again: what the log names by its digest; empty where there is none.</summary>
    public string Text { get; init; } = "";

    /// <summary>What a reduced request loses.</summary>
    public ReduceOptions Reduce { get; init; } = new();
}
