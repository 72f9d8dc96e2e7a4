namespace Stillwatch.Gateway.Quotas;

/// <summary>What a request may use at most, before it is forwarded.</summary>
public readonly record struct QuotaRequest
{
    /// <summary>The most tokens that one request may ask for, input and output each.</summary>
    public const long MaxTokens = 1_000_000_000;

    /// <summary>Checks and keeps what is asked.</summary>
    /// <param name="subject">On whose behalf.</param>
    /// <param name="inputTokens">
    /// An upper bound of the prompt's tokens, 0 to <see cref="MaxTokens"/>. The bytes of a text are one: no token of a byte-level
    /// tokenizer is shorter than a byte.
    /// </param>
    /// <param name="minOutputTokens">The fewest output tokens with which the request is worth admitting.</param>
    /// <param name="maxOutputTokens">The most that it may produce, all choices together; what is granted lies between the two.</param>
    /// <param name="price">What tokens cost.</param>
    public QuotaRequest(QuotaSubject subject, long inputTokens, long minOutputTokens, long maxOutputTokens, ModelPrice price)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inputTokens);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(inputTokens, MaxTokens);
        ArgumentOutOfRangeException.ThrowIfNegative(minOutputTokens);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxOutputTokens, minOutputTokens);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxOutputTokens, MaxTokens);
        Subject = subject;
        InputTokens = inputTokens;
        MinOutputTokens = minOutputTokens;
        MaxOutputTokens = maxOutputTokens;
        Price = price;
    }

    /// <summary>On whose behalf.</summary>
    public QuotaSubject Subject { get; }

    /// <summary>Upper bound of the prompt's tokens.</summary>
    public long InputTokens { get; }

    /// <summary>The fewest output tokens with which the request is worth admitting.</summary>
    public long MinOutputTokens { get; }

    /// <summary>The most output tokens.</summary>
    public long MaxOutputTokens { get; }

    /// <summary>What tokens cost.</summary>
    public ModelPrice Price { get; }
}
