namespace Stillwatch.Gateway.Admission;

/// <summary>How far a stream has come.</summary>
/// <param name="OutputTokens">Tokens of the reply: the upstream's own count where it gives one on the way, otherwise the gateway's.</param>
/// <param name="Deltas">Events with content.</param>
/// <param name="TextBytes">Bytes of text, reasoning and arguments of tools.</param>
public readonly record struct ReplyProgress(int OutputTokens, int Deltas, long TextBytes);
