namespace Stillwatch.Gateway.Responses;

/// <summary>How much of some accounts' traffic a step touched.</summary>
/// <param name="Effect">The step; with <c>would_</c> before it where it was in shadow.</param>
/// <param name="Group">Whose: all, a tier, or what a truth says.</param>
/// <param name="Requests">Requests it touched.</param>
/// <param name="OfRequests">Requests of the group.</param>
/// <param name="Accounts">Accounts of which it touched any.</param>
/// <param name="OfAccounts">Accounts of the group.</param>
public sealed record TouchedCount(string Effect, string Group, long Requests, long OfRequests, long Accounts, long OfAccounts);
