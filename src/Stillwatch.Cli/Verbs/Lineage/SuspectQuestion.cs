namespace Stillwatch.Cli.Verbs.Lineage;

/// <summary>One thing to ask a suspect.</summary>
/// <param name="Id">Number of the prompt, and of the time that it is asked: <c>17/0</c>.</param>
/// <param name="Prompt">What is asked.</param>
/// <param name="Cue">The canary's cue, if it asks for one.</param>
internal sealed record SuspectQuestion(string Id, string Prompt, string? Cue);
