namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>That an account did something to an object at a time.</summary>
/// <param name="Account">Who.</param>
/// <param name="Object">To what: an address, a template, a counterparty.</param>
/// <param name="ObservedAtMs">When, in milliseconds.</param>
internal readonly record struct AccountAction(int Account, int Object, long ObservedAtMs);
