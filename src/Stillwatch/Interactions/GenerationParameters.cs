namespace Stillwatch.Interactions;

/// <summary>How the reply was to be sampled; null is "not set by the client", which is itself telling.</summary>
/// <param name="Temperature">Sampling temperature, usually 0 to 2.</param>
/// <param name="TopP">Nucleus sampling mass, 0 to 1.</param>
/// <param name="MaxTokens">Bound on the reply's tokens.</param>
/// <param name="Choices">How many replies were asked for (the API's <c>n</c>).</param>
/// <param name="Logprobs">Whether log-probabilities were asked for.</param>
/// <param name="TopLogprobs">How many alternatives a token.</param>
/// <param name="LogitBias">How many tokens carried a bias.</param>
/// <param name="Stream">Whether the reply was to be streamed.</param>
public readonly record struct GenerationParameters(
    double? Temperature, double? TopP, int? MaxTokens, int? Choices, bool? Logprobs, int? TopLogprobs, int? LogitBias, bool? Stream);
