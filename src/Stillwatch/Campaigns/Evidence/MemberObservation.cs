namespace Stillwatch.Campaigns.Evidence;

/// <summary>A sample of what one member of a group sent as a member: prompts that carry something typical of the group.</summary>
/// <param name="Account">Index of the account.</param>
/// <param name="Party">Index of its party.</param>
/// <param name="Prompts">The sample, in the order of drawing, which is one for all members and does not favour any time.</param>
public sealed record MemberObservation(int Account, int Party, IReadOnlyList<PromptObservation> Prompts);
