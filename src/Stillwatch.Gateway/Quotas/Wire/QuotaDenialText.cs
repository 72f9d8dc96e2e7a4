using System.Globalization;

namespace Stillwatch.Gateway.Quotas.Wire;

/// <summary>Denials in the words of the services whose clients read them.</summary>
public static class QuotaDenialText
{
    /// <summary>A sentence or two that a person can act on.</summary>
    /// <param name="denial">The denial.</param>
    /// <param name="model">The model that was asked for.</param>
    public static string Of(QuotaDenial denial, string model)
    {
        ArgumentNullException.ThrowIfNull(denial);
        var figures = string.Create(
            CultureInfo.InvariantCulture,
            $"{denial.Limit?.Name}{Scope(denial)}: Limit {denial.Limit?.Cap}, Used {denial.Used}, Requested {denial.Requested}.");
        return denial.Reason switch
        {
            QuotaDenialReason.LimitReached when denial.RetryAfter is { } wait =>
                $"Rate limit reached for {model} on {figures} Please try again in {GoDuration.Format(wait)}.",
            QuotaDenialReason.LimitReached => $"Rate limit reached for {model} on {figures} Please try again later.",
            QuotaDenialReason.BudgetExhausted => $"You exceeded your current quota on {figures} Ask the operator for more.",
            QuotaDenialReason.LargerThanLimit => $"Request too large for {model} on {figures} Ask for less in one request.",
            QuotaDenialReason.AuthorityUnavailable => "No budget can be had at present. Please try again in a moment.",
            _ => "Usage cannot be recorded at present. Please try again in a moment.",
        };
    }

    /// <summary>The kind of limit as OpenAI's error types name it: <c>requests</c> or <c>tokens</c>; null if it is neither.</summary>
    public static string? KindOf(QuotaDenial denial)
    {
        ArgumentNullException.ThrowIfNull(denial);
        return denial.Limit?.Measure switch
        {
            QuotaMeasure.Requests or QuotaMeasure.Concurrency => "requests",
            QuotaMeasure.InputTokens or QuotaMeasure.OutputTokens or QuotaMeasure.TotalTokens => "tokens",
            _ => null,
        };
    }

    private static string Scope(QuotaDenial denial) => denial.Scope.Length > 0 ? $" ({denial.Scope})" : "";
}
