namespace Stillwatch.Gateway.Admission;

/// <summary>What was decided about a request, for the gateway's log and the request's interaction.</summary>
/// <param name="By">What decided: <c>policy</c>, <c>switch</c>, <c>quota</c>, <c>response</c>, <c>mark</c>.</param>
/// <param name="Effect">
/// What it did: <c>deny</c>, <c>stop</c>, <c>cut</c> and so on; with <c>would_</c> before it where it only would have.
/// </param>
/// <param name="Reasons">Names of the policies, switches or verdicts; the id of a mark's key.</param>
public sealed record DecisionNote(string By, string Effect, IReadOnlyList<string> Reasons);
