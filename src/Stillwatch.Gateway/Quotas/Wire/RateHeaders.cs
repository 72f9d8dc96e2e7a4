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
        Add("x-ratelimit-limit-requests", "x-ratelimit-remaining-requests", "x-ratelimit-reset-requests",
            Tightest(standings, QuotaMeasure.Requests));
        Add("x-ratelimit-limit-tokens", "x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens", Tokens(standings));
        return headers;

        void Add(string limit, string remaining, string reset, QuotaStanding? standing)
        {
            if (standing is not null)
            {
                headers.Add(new(limit, Number(standing.Limit.Cap)));
                headers.Add(new(remaining, Number(standing.Remaining)));
                headers.Add(new(reset, GoDuration.Format(standing.ResetAfter!.Value)));
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
    private static QuotaStanding? Tightest(IReadOnlyList<QuotaStanding> standings, QuotaMeasure measure)
    {
        QuotaStanding? tightest = null;
        for (var i = 0; i < standings.Count; i++)
        {
            var standing = standings[i];
            var isRate = standing.Limit.Measure == measure && standing is { Limit.Window: not null, ResetAfter: not null };
            tightest = isRate ? Tighter(tightest, standing) : tightest;
        }

        return tightest;
    }

    private static QuotaStanding? Tokens(IReadOnlyList<QuotaStanding> standings) =>
        Tightest(standings, QuotaMeasure.TotalTokens)
        ?? Tighter(Tightest(standings, QuotaMeasure.InputTokens), Tightest(standings, QuotaMeasure.OutputTokens));

    private static QuotaStanding? Tighter(QuotaStanding? one, QuotaStanding? other) =>
        one is null || other?.Remaining < one.Remaining ? other : one;

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
