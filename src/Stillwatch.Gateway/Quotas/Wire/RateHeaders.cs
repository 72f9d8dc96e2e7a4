using System.Globalization;

namespace Stillwatch.Gateway.Quotas.Wire;

/// <summary>Rate headers of both dialects, as their own services send them. Of several limits on one thing the tightest is told.</summary>
public static class RateHeaders
{
    /// <summary>
    /// <c>x-ratelimit-{limit,remaining,reset}-{requests,tokens}</c>; reset is a duration such as <c>6m0s</c>. Tokens are all tokens where
    /// a limit counts those, else whichever kind is limited.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>> OpenAi(IReadOnlyList<QuotaStanding> standings)
    {
        ArgumentNullException.ThrowIfNull(standings);
        List<KeyValuePair<string, string>> headers = [];
        Add("requests", Tightest(standings, QuotaMeasure.Requests));
        Add("tokens", Tokens(standings));
        return headers;

        void Add(string what, QuotaStanding? standing)
        {
            if (standing is not null)
            {
                headers.Add(new($"x-ratelimit-limit-{what}", Number(standing.Limit.Cap)));
                headers.Add(new($"x-ratelimit-remaining-{what}", Number(standing.Remaining)));
                headers.Add(new($"x-ratelimit-reset-{what}", GoDuration.Format(standing.ResetAfter!.Value)));
            }
        }
    }

    /// <summary>
    /// <c>anthropic-ratelimit-{requests,tokens,input-tokens,output-tokens}-{limit,remaining,reset}</c>; reset is a time (RFC 3339).
    /// </summary>
    /// <param name="standings">How the limits stand.</param>
    /// <param name="now">When they stand so.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Anthropic(IReadOnlyList<QuotaStanding> standings, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(standings);
        List<KeyValuePair<string, string>> headers = [];
        Add("requests", Tightest(standings, QuotaMeasure.Requests));
        Add("tokens", Tokens(standings));
        Add("input-tokens", Tightest(standings, QuotaMeasure.InputTokens));
        Add("output-tokens", Tightest(standings, QuotaMeasure.OutputTokens));
        return headers;

        void Add(string what, QuotaStanding? standing)
        {
            if (standing is not null)
            {
                var reset = (now + standing.ResetAfter!.Value).UtcDateTime.AddTicks(TimeSpan.TicksPerSecond - 1);
                headers.Add(new($"anthropic-ratelimit-{what}-limit", Number(standing.Limit.Cap)));
                headers.Add(new($"anthropic-ratelimit-{what}-remaining", Number(standing.Remaining)));
                headers.Add(new(
                    $"anthropic-ratelimit-{what}-reset", reset.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
            }
        }
    }

    /// <summary>Prepaid budgets are no rates and have no reset, so they are not told.</summary>
    private static QuotaStanding? Tightest(IReadOnlyList<QuotaStanding> standings, QuotaMeasure measure) =>
        standings.Where(standing => standing.Limit.Measure == measure && standing.Limit.Window is not null
            && standing.ResetAfter is not null)
            .MinBy(standing => standing.Remaining);

    private static QuotaStanding? Tokens(IReadOnlyList<QuotaStanding> standings) =>
        Tightest(standings, QuotaMeasure.TotalTokens)
        ?? new[] { Tightest(standings, QuotaMeasure.InputTokens), Tightest(standings, QuotaMeasure.OutputTokens) }
            .Where(standing => standing is not null).MinBy(standing => standing!.Remaining);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
