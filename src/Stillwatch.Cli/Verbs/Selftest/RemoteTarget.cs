namespace Stillwatch.Cli.Verbs.Selftest;

/// <summary>A running API that is attacked.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Key">What is presented to it; null for nothing. Never shown.</param>
/// <param name="Model">The model.</param>
/// <param name="IsChat">Whether by chat completions.</param>
/// <param name="Tokens">How many tokens' logits are tried.</param>
/// <param name="Prompts">For how many prompts.</param>
/// <param name="Seed">Of the prompts.</param>
internal sealed record RemoteTarget(Uri Address, string? Key, string Model, bool IsChat, int Tokens, int Prompts, ulong Seed);
