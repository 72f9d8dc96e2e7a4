namespace Stillwatch.Interactions;

/// <summary>Tokens of one interaction; 0 where the log does not carry the count.</summary>
/// <param name="Input">Tokens of the request.</param>
/// <param name="Output">Tokens of the reply, reasoning included.</param>
/// <param name="Reasoning">Tokens of the reply that were hidden reasoning.</param>
public readonly record struct TokenUsage(int Input, int Output, int Reasoning);
