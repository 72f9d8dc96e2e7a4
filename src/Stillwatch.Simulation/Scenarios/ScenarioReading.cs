namespace Stillwatch.Simulation.Scenarios;

/// <summary>The outcome of reading a scenario: a scenario, or everything that is wrong with it.</summary>
/// <param name="Scenario">The scenario; null if there are errors.</param>
/// <param name="Errors">All errors, in the order of the file's members.</param>
public sealed record ScenarioReading(Scenario? Scenario, IReadOnlyList<ScenarioError> Errors)
{
    /// <summary>The scenario.</summary>
    /// <exception cref="ScenarioException">There are errors; the message lists them all.</exception>
    public Scenario Require() => Scenario ?? throw new ScenarioException(Errors);
}
