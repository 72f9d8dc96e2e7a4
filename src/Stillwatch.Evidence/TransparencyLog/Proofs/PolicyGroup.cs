namespace Stillwatch.Evidence.TransparencyLog.Proofs;

/// <summary>Witnesses and groups of which so many must have cosigned.</summary>
/// <param name="Name">What the policy calls it.</param>
/// <param name="Threshold">How many, 1 to the number of members.</param>
/// <param name="Members">Names of witnesses and of groups.</param>
internal sealed record PolicyGroup(string Name, int Threshold, IReadOnlyList<string> Members);
