namespace Stillwatch.Gateway.Ownership;

/// <summary>What a rule says of one party, and why.</summary>
/// <param name="Party">Which.</param>
/// <param name="Verdict">What the rule says.</param>
/// <param name="MarkedBasisPoints">
/// What marked owners hold of it directly, in hundredths of a per cent; a marked owner counts with all it holds.
/// </param>
/// <param name="UnknownBasisPoints">The most that unknown shares may add to that.</param>
/// <param name="LookThroughBasisPoints">
/// What the parties marked from the start hold of it through all chains, shares multiplied along each; for rules that mean that, and for
/// a reviewer. Rounded down.
/// </param>
/// <param name="Owners">The marked owners, in ordinal order.</param>
public sealed record OwnershipFinding(
    string Party,
    OwnershipVerdict Verdict,
    int MarkedBasisPoints,
    int UnknownBasisPoints,
    int LookThroughBasisPoints,
    IReadOnlyList<string> Owners);
