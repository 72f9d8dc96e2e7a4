namespace Stillwatch.Gateway.Responses;

/// <summary>What <see cref="ResponseStep.Reduce"/> and the steps that do as it does take away.</summary>
public sealed record ReduceOptions
{
    /// <summary>
    /// Whether probabilities and bias are taken out of requests. Default true. <see cref="ResponseStep.Perturb"/> takes bias out and
    /// puts noise on probabilities whatever is said here.
    /// </summary>
    public bool Probabilities { get; init; } = true;

    /// <summary>What is given of reasoning. Default none.</summary>
    public ReasoningTreatment Reasoning { get; init; } = ReasoningTreatment.Hidden;

    /// <summary>The most tokens a reply may write; null leaves that to the request. Default null, range 16 to 10,000,000.</summary>
    public int? MaxOutputTokens { get; init; }
}
