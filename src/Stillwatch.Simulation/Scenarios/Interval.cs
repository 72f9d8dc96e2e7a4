namespace Stillwatch.Simulation.Scenarios;

/// <summary>A range from which each account draws its own value evenly; scenario files write it as <c>[low, high]</c>.</summary>
/// <param name="Low">The smallest value.</param>
/// <param name="High">The largest value; at least <paramref name="Low"/>.</param>
public readonly record struct Interval(double Low, double High);
