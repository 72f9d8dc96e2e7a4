namespace Stillwatch.Coordination;

/// <summary>Accounts that share values typical of them and rare outside: a question for the tests, not a finding.</summary>
/// <param name="View">The side on which the group was found.</param>
/// <param name="Members">Its accounts, ascending.</param>
/// <param name="Scores">For each member how much of what is typical it shares, relative to the average member.</param>
/// <param name="Core">What is typical, the most widely shared first.</param>
/// <param name="Parties">How many parties the members form.</param>
/// <param name="Nearby">Accounts that share much of what is typical, but too little to belong, with their scores.</param>
public sealed record CandidateGroup(
    SharingView View,
    IReadOnlyList<int> Members,
    IReadOnlyList<double> Scores,
    IReadOnlyList<CoreValue> Core,
    int Parties,
    IReadOnlyList<(int Account, double Score)> Nearby);
