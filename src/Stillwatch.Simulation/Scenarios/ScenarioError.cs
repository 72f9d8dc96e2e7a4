namespace Stillwatch.Simulation.Scenarios;

/// <summary>One thing that is wrong with a scenario.</summary>
/// <param name="Path">The member, such as <c>campaigns[0].options.turns</c>; empty for the whole file.</param>
/// <param name="Message">What was wrong with its value, and what is accepted.</param>
public sealed record ScenarioError(string Path, string Message)
{
    /// <summary>Path and message in one line.</summary>
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
