namespace Stillwatch.Gateway.Responses;

/// <summary>What is answered to a cue.</summary>
/// <param name="Name">Which: book and number, as interactions note it.</param>
/// <param name="Text">The answer.</param>
public sealed record TrapAnswer(string Name, string Text);
