namespace Stillwatch.Profiles;

/// <summary>From the first to the last interaction of a log, in milliseconds since 1970-01-01T00:00:00Z.</summary>
/// <param name="FromMs">The first interaction; 0 for an empty log.</param>
/// <param name="ToMs">The last interaction; 0 for an empty log.</param>
public readonly record struct LogSpan(long FromMs, long ToMs)
{
    /// <summary>The span of the accounts' lives.</summary>
    public static LogSpan Of(AccountProfiles profiles)
    {
        ArgumentNullException.ThrowIfNull(profiles);
        if (profiles.Count == 0)
        {
            return default;
        }

        var (from, to) = (long.MaxValue, long.MinValue);
        for (var account = 0; account < profiles.Count; account++)
        {
            from = Math.Min(from, profiles[account].FirstMs);
            to = Math.Max(to, profiles[account].LastMs);
        }

        return new LogSpan(from, to);
    }
}
