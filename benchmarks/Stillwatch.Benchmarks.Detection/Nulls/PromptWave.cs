namespace Stillwatch.Benchmarks.Detection.Nulls;

/// <summary>A few prompts that go viral: for a while private people begin with them, or wrap their own words in them.</summary>
/// <param name="StartHour">When it begins, in hours from the first midnight.</param>
/// <param name="Hours">How long it lasts.</param>
/// <param name="Share">Share of the openings in that time that are part of it, in (0, 1).</param>
/// <param name="Prompts">How many prompts go around.</param>
internal sealed record PromptWave(int StartHour, int Hours, double Share, int Prompts);
