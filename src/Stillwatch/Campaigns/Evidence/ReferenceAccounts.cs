namespace Stillwatch.Campaigns.Evidence;

/// <summary>The members of all groups that were looked at: what a group's loads and hours are compared with.</summary>
/// <remarks>Each account counts once, however many groups it is in.</remarks>
public sealed class ReferenceAccounts
{
    private readonly Dictionary<int, (double Load, float[]? Hours)> _accounts = [];

    /// <param name="groups">All groups of the log.</param>
    /// <param name="population">Their population.</param>
    public ReferenceAccounts(IEnumerable<GroupObservation> groups, Population population)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(population);
        foreach (var member in groups.SelectMany(group => group.Sample).Where(member => !_accounts.ContainsKey(member.Account)))
        {
            _accounts.Add(
                member.Account,
                (population.Profiles[member.Account].Interactions, SynchronizedActivityTest.Histogram(member)));
        }
    }

    /// <summary>Loads of the accounts outside a group, in interactions.</summary>
    public IReadOnlyList<double> LoadsOutside(HashSet<int> members) =>
        Outside(members).Select(pair => pair.Value.Load).ToList();

    /// <summary>Hours of the accounts outside a group.</summary>
    public IReadOnlyList<float[]> HoursOutside(HashSet<int> members) =>
        Outside(members).Select(pair => pair.Value.Hours).OfType<float[]>().ToList();

    private IEnumerable<KeyValuePair<int, (double Load, float[]? Hours)>> Outside(HashSet<int> members) =>
        _accounts.Where(pair => !members.Contains(pair.Key)).OrderBy(pair => pair.Key);
}
