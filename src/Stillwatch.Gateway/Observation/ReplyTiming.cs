namespace Stillwatch.Gateway.Observation;

/// <summary>How long a reply took.</summary>
/// <param name="First">From the request's arrival to the first byte.</param>
/// <param name="Whole">From the request's arrival to the end.</param>
/// <param name="Tokens">How long it was, at least 1.</param>
public readonly record struct ReplyTiming(TimeSpan First, TimeSpan Whole, int Tokens)
{
    /// <summary>From one token to the next.</summary>
    public TimeSpan EachToken => (Whole - First) / Tokens;

    /// <summary>How long a reply of another length takes that comes at once when it is done.</summary>
    public TimeSpan WholeOf(int tokens) => Whole * (Math.Max(1, tokens) / (double)Tokens);
}
