namespace Stillwatch.Simulation.Networks;

/// <summary>A country accounts come from.</summary>
/// <param name="Code">ISO 3166-1 alpha-2.</param>
/// <param name="Weight">Its relative share of the accounts.</param>
/// <param name="UtcOffset">Local time minus UTC in minutes, without summer time.</param>
/// <param name="Language">Index of the language into Languages; 0 where English is the rule.</param>
/// <param name="LanguageShare">Probability that a person there writes to the model in that language.</param>
internal sealed record Country(string Code, double Weight, short UtcOffset, byte Language, double LanguageShare);
