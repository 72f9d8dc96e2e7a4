namespace Stillwatch.Gateway.Dialects;

/// <summary>Where a stream is cut, for the events that end it as if the model had reached its bound.</summary>
/// <param name="heldBack">The data of the event that is not passed on any more.</param>
/// <param name="facts">What was asked.</param>
/// <param name="inputTokens">Tokens of the request.</param>
/// <param name="outputTokens">Tokens of the reply.</param>
internal readonly ref struct StreamCut(ReadOnlySpan<byte> heldBack, RequestFacts facts, int inputTokens, int outputTokens)
{
    public ReadOnlySpan<byte> HeldBack { get; } = heldBack;

    public RequestFacts Facts { get; } = facts;

    public int InputTokens { get; } = inputTokens;

    public int OutputTokens { get; } = outputTokens;
}
