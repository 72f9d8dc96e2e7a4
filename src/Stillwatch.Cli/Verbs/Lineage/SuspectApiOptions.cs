namespace Stillwatch.Cli.Verbs.Lineage;

/// <summary>How a suspect's API is asked.</summary>
/// <param name="Address">The address that <c>chat/completions</c> is put behind, such as https://api.example/v1.</param>
/// <param name="Model">The model's name there.</param>
/// <param name="IsChat">Chat completions; else plain completions.</param>
/// <param name="MaxTokens">Tokens of an answer at most.</param>
/// <param name="Temperature">Of its sampling.</param>
/// <param name="Retries">Times that a question is asked again after a failure that may pass.</param>
internal sealed record SuspectApiOptions(Uri Address, string Model, bool IsChat, int MaxTokens, double Temperature, int Retries);
