namespace Stillwatch.Profiles;

/// <summary>A model that came into use during the log.</summary>
/// <param name="Model">Fingerprint of the model.</param>
/// <param name="ReleasedMs">Its first use by anybody, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="Adopted">For each account the time of its first use; 0 if it never used the model.</param>
public sealed record ModelRelease(ulong Model, long ReleasedMs, long[] Adopted)
{
    /// <summary>A model seen first only after this share of the log counts as released within it.</summary>
    public const double EarliestShare = 0.1;

    /// <summary>Fewer adopters than these are a private trial, not a release.</summary>
    public const int MinAdopters = 20;

    /// <summary>The releases of a log, by their time.</summary>
    public static IReadOnlyList<ModelRelease> Find(AccountProfiles profiles, long fromMs, long toMs)
    {
        ArgumentNullException.ThrowIfNull(profiles);
        var earliest = fromMs + (long)((toMs - fromMs) * EarliestShare);
        return profiles.Models.GroupBy(use => use.Model)
            .Select(uses => (Model: uses.Key, First: uses.Min(use => use.FirstMs), Uses: uses))
            .Where(model => model.First > earliest && model.Uses.Count() >= MinAdopters)
            .OrderBy(model => model.First).ThenBy(model => model.Model)
            .Select(model => new ModelRelease(model.Model, model.First, Adoption(profiles.Count, model.Uses)))
            .ToList();
    }

    private static long[] Adoption(int accounts, IEnumerable<ModelUse> uses)
    {
        var adopted = new long[accounts];
        foreach (var use in uses)
        {
            adopted[use.Account] = use.FirstMs;
        }

        return adopted;
    }
}
