namespace Stillwatch.Gateway.Responses;

/// <summary>What a reply says of the probabilities at one position: of the token that stands there, and of others.</summary>
/// <param name="Token">The token.</param>
/// <param name="Own">Its log-probability.</param>
/// <param name="Others">Tokens with theirs, among them perhaps the same one.</param>
internal sealed record LogprobPosition(string Token, NumberInJson Own, IReadOnlyList<(string Token, NumberInJson Number)> Others);
