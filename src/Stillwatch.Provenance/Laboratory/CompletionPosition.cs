namespace Stillwatch.Provenance.Laboratory;

/// <summary>One token of a reply.</summary>
/// <param name="Token">The token.</param>
/// <param name="Logprob">Its log-probability, as far as single precision goes.</param>
/// <param name="Alternatives">The likeliest tokens, the likeliest first.</param>
internal sealed record CompletionPosition(int Token, float Logprob, IReadOnlyList<(int Token, float Logprob)> Alternatives);
