namespace Stillwatch.Sketching;

/// <summary>What a prompt asks the model to give away besides an answer; a prompt may do several at once, or none.</summary>
/// <remarks>
/// The kinds that providers named when they described distillation (reconstructing reasoning, grading by rubric, rewording,
/// driving tools). Each is ordinary by itself: only a group that does nothing else is telling.
/// </remarks>
[Flags]
public enum Elicitation : byte
{
    /// <summary>None of the kinds below.</summary>
    None = 0,

    /// <summary>Writing out the reasoning behind an answer, step by step.</summary>
    Reasoning = 1,

    /// <summary>Grading an answer by criteria: the model as a reward model.</summary>
    Rubric = 2,

    /// <summary>Rewording a text, for instance to make it acceptable to a censor.</summary>
    Rewriting = 4,

    /// <summary>Planning and driving tools.</summary>
    Agentic = 8,
}
