namespace Stillwatch.Benchmarks.Detection.Nulls;

/// <summary>A public holiday: who works for an office, a school or a company is away for a day of UTC.</summary>
/// <param name="Day">Which day, counted from the first.</param>
/// <param name="Everywhere">In all countries, as New Year; otherwise only in the country with the most accounts.</param>
internal sealed record Holiday(int Day, bool Everywhere);
