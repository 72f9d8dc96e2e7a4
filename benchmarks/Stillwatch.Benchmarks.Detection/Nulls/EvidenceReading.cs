namespace Stillwatch.Benchmarks.Detection.Nulls;

/// <summary>What one test said of one group.</summary>
/// <param name="Code">Which test, by the code of its reason.</param>
/// <param name="Log10">Decimal logarithm of its e-value.</param>
internal sealed record EvidenceReading(string Code, double Log10);
