namespace Stillwatch.Gateway.Quotas;

/// <summary>What a model's tokens cost, in millionths of a currency unit for a million tokens: 2.50 a million is 2,500,000.</summary>
public readonly record struct ModelPrice
{
    /// <summary>The highest price: 4,000 currency units for a million tokens.</summary>
    public const long MaxPerMillion = 4_000_000_000;

    private const long Million = 1_000_000;

    /// <summary>The most that a request can cost.</summary>
    private const long MaxCost = 2 * QuotaRequest.MaxTokens * (MaxPerMillion / Million);

    /// <summary>Checks and keeps prices, each 0 to <see cref="MaxPerMillion"/>.</summary>
    public ModelPrice(long inputPerMillion, long outputPerMillion)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inputPerMillion);
        ArgumentOutOfRangeException.ThrowIfNegative(outputPerMillion);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(inputPerMillion, MaxPerMillion);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(outputPerMillion, MaxPerMillion);
        InputPerMillion = inputPerMillion;
        OutputPerMillion = outputPerMillion;
    }

    /// <summary>For a million tokens of prompt.</summary>
    public long InputPerMillion { get; }

    /// <summary>For a million tokens of answer.</summary>
    public long OutputPerMillion { get; }

    /// <summary>What a request costs, rounded up to a millionth: a budget is never undercounted.</summary>
    /// <remarks>Tokens are bounded by <see cref="QuotaRequest.MaxTokens"/>, so that the sum fits 63 bits.</remarks>
    public long Cost(long inputTokens, long outputTokens) =>
        ((inputTokens * InputPerMillion) + (outputTokens * OutputPerMillion) + Million - 1) / Million;

    /// <summary>The most output tokens for which <see cref="Cost"/> stays within an amount; negative if the input alone does not.</summary>
    public long AffordableOutput(long amount, long inputTokens)
    {
        var left = (Math.Min(amount, MaxCost) * Million) - (inputTokens * InputPerMillion);
        return left < 0 ? -1 : OutputPerMillion == 0 ? QuotaRequest.MaxTokens : Math.Min(left / OutputPerMillion, QuotaRequest.MaxTokens);
    }
}
