namespace Stillwatch.Simulation;

/// <summary>How far a simulation has come.</summary>
/// <param name="Interactions">Interactions written.</param>
/// <param name="Total">Interactions there will be; null if only some hours are simulated.</param>
/// <param name="Through">Event time that has been reached.</param>
public readonly record struct SimulationProgress(long Interactions, long? Total, DateTimeOffset Through);
