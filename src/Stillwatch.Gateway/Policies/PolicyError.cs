namespace Stillwatch.Gateway.Policies;

/// <summary>A policy that could not be evaluated for a request, and therefore did not count.</summary>
/// <param name="Policy">Its id.</param>
/// <param name="Message">Why.</param>
public readonly record struct PolicyError(string Policy, string Message);
