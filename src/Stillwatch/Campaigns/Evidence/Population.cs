using Stillwatch.Coordination;
using Stillwatch.Profiles;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>All accounts of a log, as the tests compare groups with them.</summary>
/// <param name="Profiles">What each account did.</param>
/// <param name="Parties">Who belongs together by declaration.</param>
/// <param name="Templates">What accounts ask alike.</param>
/// <param name="Infrastructure">What accounts use alike.</param>
/// <param name="Releases">Models that came into use during the log.</param>
public sealed record Population(
    AccountProfiles Profiles,
    AccountParties Parties,
    SharingGraph Templates,
    SharingGraph Infrastructure,
    IReadOnlyList<ModelRelease> Releases)
{
    /// <summary>The graph of one side.</summary>
    public SharingGraph Graph(SharingView view) => view == SharingView.Template ? Templates : Infrastructure;
}
