namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>A detector of the benchmark under the name that the tables give it.</summary>
/// <param name="Name">The method and how it is set where it is set in several ways.</param>
/// <param name="Detect">Looks through a log.</param>
internal sealed record Rival(string Name, Func<RivalInput, CancellationToken, Suspicion> Detect);
