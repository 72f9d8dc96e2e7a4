namespace Stillwatch.Gateway.Dialects;

/// <summary>What the body of a request says that decisions need. Its content stays in the body.</summary>
/// <remarks>Null means that the client did not say.</remarks>
public sealed record RequestFacts
{
    /// <summary>The model as the client named it.</summary>
    public required string Model { get; init; }

    /// <summary>Whether the reply is to be streamed.</summary>
    public bool Stream { get; init; }

    /// <summary>The bound on the reply's tokens.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>How many replies are asked for.</summary>
    public int? Choices { get; init; }

    /// <summary>Whether log-probabilities are asked for.</summary>
    public bool? Logprobs { get; init; }

    /// <summary>How many alternatives a token.</summary>
    public int? TopLogprobs { get; init; }

    /// <summary>How many tokens carry a bias, whether they are listed or named.</summary>
    public int? LogitBias { get; init; }

    /// <summary>Sampling temperature.</summary>
    public double? Temperature { get; init; }

    /// <summary>Nucleus sampling mass.</summary>
    public double? TopP { get; init; }

    /// <summary>Whether a stream's last event is to carry the usage (<c>stream_options.include_usage</c>).</summary>
    public bool IncludesUsage { get; init; }

    /// <summary>
    /// Whether reasoning is asked for or shaped: <c>reasoning</c>, <c>reasoning_effort</c>, or <c>thinking</c> that is not disabled.
    /// </summary>
    public bool Reasoning { get; init; }

    /// <summary>
    /// Whether log-probabilities are asked for in another way: by <c>include</c> of the responses API, by <c>prompt_logprobs</c> (vLLM)
    /// or <c>n_probs</c> (llama.cpp).
    /// </summary>
    public bool IncludesLogprobs { get; init; }

    /// <summary>Bytes of the body.</summary>
    public int BodyBytes { get; init; }

    /// <summary>Where the parts with text stand in the body.</summary>
    internal ContentRanges Content { get; init; }

    /// <summary>Facts of a body that is not read.</summary>
    internal static RequestFacts Unread(string model, int bytes) => new() { Model = model, BodyBytes = bytes };
}
