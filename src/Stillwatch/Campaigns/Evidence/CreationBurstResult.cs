namespace Stillwatch.Campaigns.Evidence;

/// <summary>How close together the members of a group were registered.</summary>
/// <param name="Companions">Members registered within an hour of another member.</param>
/// <param name="Known">Members whose registration is known, one a party.</param>
/// <param name="Followed">Members that another one follows within an hour, and the mean of that count by chance.</param>
internal sealed record CreationBurstResult(int Companions, int Known, ExcessCount Followed);
