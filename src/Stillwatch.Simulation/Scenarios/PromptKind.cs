namespace Stillwatch.Simulation.Scenarios;

/// <summary>Kinds of work-list items.</summary>
public enum PromptKind
{
    /// <summary>Word problems with figures.</summary>
    Math,

    /// <summary>Puzzles.</summary>
    Logic,

    /// <summary>Questions that need an explanation from a science.</summary>
    Science,

    /// <summary>Programming tasks.</summary>
    Code,

    /// <summary>Tasks for an agent with tools.</summary>
    Tools,

    /// <summary>Writing and general instructions.</summary>
    Writing,

    /// <summary>Political questions.</summary>
    Politics,

    /// <summary>Tables and figures to be worked on.</summary>
    Figures,
}
