namespace Stillwatch.Gateway.Quotas.Ledger;

/// <summary>How much of each measure a request's tokens are.</summary>
internal static class MeasuredAmount
{
    /// <summary>What a request of so many tokens needs of a measure.</summary>
    public static long Of(QuotaMeasure measure, long inputTokens, long outputTokens, ModelPrice price) => measure switch
    {
        QuotaMeasure.InputTokens => inputTokens,
        QuotaMeasure.OutputTokens => outputTokens,
        QuotaMeasure.TotalTokens => inputTokens + outputTokens,
        QuotaMeasure.Money => price.Cost(inputTokens, outputTokens),
        _ => 1,
    };

    /// <summary>What a request has spent once it is over, or so far: a place among those under way is given back.</summary>
    public static long Spent(QuotaMeasure measure, long inputTokens, long outputTokens, ModelPrice price) =>
        measure == QuotaMeasure.Concurrency ? 0 : Of(measure, inputTokens, outputTokens, price);

    /// <summary>The most output tokens that fit; negative if the request does not fit with none.</summary>
    public static long OutputWithin(QuotaMeasure measure, long room, long inputTokens, ModelPrice price) => measure switch
    {
        QuotaMeasure.InputTokens => room >= inputTokens ? QuotaRequest.MaxTokens : -1,
        QuotaMeasure.OutputTokens => room,
        QuotaMeasure.TotalTokens => room - inputTokens,
        QuotaMeasure.Money => room < 0 ? -1 : price.AffordableOutput(room, inputTokens),
        _ => room >= 1 ? QuotaRequest.MaxTokens : -1,
    };
}
