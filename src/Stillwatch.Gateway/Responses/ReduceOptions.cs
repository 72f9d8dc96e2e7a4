namespace Stillwatch.Gateway.Responses;

/// <summary>What the step <see cref="ResponseStep.Reduce"/> takes away.</summary>
public sealed record ReduceOptions
{
    /// <summary>Whether probabilities are taken out of requests, and with them bias. Default true.</summary>
    public bool Probabilities { get; init; } = true;

    /// <summary>What is given of reasoning. Default none.</summary>
    public ReasoningTreatment Reasoning { get; init; } = ReasoningTreatment.Hidden;

    /// <summary>The most tokens a reply may write; null leaves that to the request. Default null, range 16 to 10,000,000.</summary>
    public int? MaxOutputTokens { get; init; }
}
