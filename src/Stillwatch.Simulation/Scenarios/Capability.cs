namespace Stillwatch.Simulation.Scenarios;

/// <summary>What a campaign copies; decides the items of its work list and its wrappers.</summary>
public enum Capability
{
    /// <summary>Reasoning traces over mathematics, logic, science and code.</summary>
    Reasoning,

    /// <summary>Grades by a rubric: the model as a reward model.</summary>
    Rubric,

    /// <summary>Tool use and programming.</summary>
    Agentic,

    /// <summary>Cautious rewording of political questions.</summary>
    Rewriting,

    /// <summary>Instructions of all kinds.</summary>
    Plain,
}
