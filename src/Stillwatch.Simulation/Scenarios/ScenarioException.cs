namespace Stillwatch.Simulation.Scenarios;

/// <summary>A scenario that cannot be simulated.</summary>
public sealed class ScenarioException : Exception
{
    /// <param name="errors">What is wrong; at least one.</param>
    public ScenarioException(IReadOnlyList<ScenarioError> errors)
        : base(string.Join(Environment.NewLine, errors)) => Errors = errors;

    /// <summary>What is wrong.</summary>
    public IReadOnlyList<ScenarioError> Errors { get; }
}
