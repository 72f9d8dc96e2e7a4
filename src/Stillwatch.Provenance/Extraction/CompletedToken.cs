namespace Stillwatch.Provenance.Extraction;

/// <summary>One token of a completion.</summary>
/// <param name="Token">The token's number.</param>
/// <param name="Logprob">Its log-probability; null where the API says none.</param>
/// <param name="Top">The likeliest tokens, as far as the API says them.</param>
public sealed record CompletedToken(int Token, double? Logprob, IReadOnlyList<TokenLogprob> Top);
