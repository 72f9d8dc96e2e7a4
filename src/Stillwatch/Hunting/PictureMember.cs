using Stillwatch.Campaigns;
using Stillwatch.Interactions;

namespace Stillwatch.Hunting;

/// <summary>One member of a campaign.</summary>
/// <param name="Account">The account.</param>
/// <param name="Verdict">What the hunt advises.</param>
/// <param name="Interactions">How many interactions it had.</param>
/// <param name="Created">When it was registered, if known.</param>
/// <param name="FirstSeen">Its first interaction.</param>
/// <param name="LastSeen">Its last interaction.</param>
public sealed record PictureMember(
    AccountId Account, Verdict Verdict, long Interactions, DateTimeOffset? Created, DateTimeOffset FirstSeen, DateTimeOffset LastSeen);
