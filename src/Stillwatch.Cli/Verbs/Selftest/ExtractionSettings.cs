using Stillwatch.Gateway.Configuration;

namespace Stillwatch.Cli.Verbs.Selftest;

/// <summary>What the self-test runs on.</summary>
/// <param name="Dimension">The model's hidden dimension.</param>
/// <param name="Vocabulary">Its tokens.</param>
/// <param name="Decline">How fast directions of its hidden state vary less.</param>
/// <param name="Factor">How many times the prompts that suffice undefended the attacker may use.</param>
/// <param name="Seed">Of models and prompts.</param>
/// <param name="Responses">What the gateway's responses do.</param>
internal sealed record ExtractionSettings(
    int Dimension, int Vocabulary, double Decline, int Factor, ulong Seed, ResponseOptions Responses);
