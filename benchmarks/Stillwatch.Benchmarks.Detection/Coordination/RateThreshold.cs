namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>The limit that every gateway has: interactions of one key in an hour.</summary>
internal static class RateThreshold
{
    /// <summary>The limit at which a key is stopped. Ours: limits differ from provider to provider.</summary>
    public const int MaxInHour = 500;

    /// <summary>Suspicion by the busiest hour; there are no groups.</summary>
    public static Suspicion Detect(IReadOnlyList<AccountSignals> accounts) =>
        Suspicion.FromThreshold([.. accounts.Select(static account => (double)account.MostInHour)], MaxInHour);
}
