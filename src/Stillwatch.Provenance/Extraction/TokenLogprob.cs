namespace Stillwatch.Provenance.Extraction;

/// <summary>A token and its log-probability.</summary>
/// <param name="Token">The token's number.</param>
/// <param name="Logprob">In nats, as the API said it.</param>
public readonly record struct TokenLogprob(int Token, double Logprob);
