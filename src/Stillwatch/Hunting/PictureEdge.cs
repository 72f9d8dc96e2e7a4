namespace Stillwatch.Hunting;

/// <summary>That a member uses a value.</summary>
/// <param name="Member">Index into <see cref="CampaignPicture.Members"/>.</param>
/// <param name="Value">Index into <see cref="CampaignPicture.Values"/>.</param>
public readonly record struct PictureEdge(int Member, int Value);
