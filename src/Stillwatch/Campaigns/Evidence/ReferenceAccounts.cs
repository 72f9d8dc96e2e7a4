using Stillwatch.Sketching;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>Some members of the groups that were looked at: what a group's loads and hours are compared with.</summary>
/// <remarks>Each account counts once, however many groups it is in; of many, those are kept that an account cannot choose to be.</remarks>
public sealed class ReferenceAccounts
{
    /// <summary>The most accounts that are kept.</summary>
    public const int MaxAccounts = 4000;

    private readonly (int Account, double Load, int[]? Hours)[] _accounts;

    /// <param name="groups">All groups of the log.</param>
    /// <param name="population">Their population.</param>
    public ReferenceAccounts(IEnumerable<GroupObservation> groups, Population population)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(population);
        _accounts = groups.SelectMany(group => group.Sample)
            .DistinctBy(member => member.Account)
            .OrderBy(member => XxHash64.Avalanche(population.Profiles[member.Account].Account))
            .Take(MaxAccounts)
            .Select(member => (
                member.Account,
                (double)population.Profiles[member.Account].Interactions,
                SynchronizedActivityTest.Histogram(member)))
            .ToArray();
    }

    /// <summary>Loads of the accounts outside a group, in interactions.</summary>
    public IReadOnlyList<double> LoadsOutside(HashSet<int> members) =>
        _accounts.Where(account => !members.Contains(account.Account)).Select(account => account.Load).ToList();

    /// <summary>Hours of the accounts outside a group.</summary>
    public IReadOnlyList<int[]> HoursOutside(HashSet<int> members) =>
        _accounts.Where(account => !members.Contains(account.Account)).Select(account => account.Hours).OfType<int[]>().ToList();
}
