using Stillwatch.Benchmarks.Detection.Commands;

namespace Stillwatch.Benchmarks.Detection.Worlds;

/// <summary>Outcomes that are known by their setting and seed.</summary>
internal static class MeasuredOutcomes
{
    /// <summary>The outcome of a setting and a seed; measured, and kept, if it is not known.</summary>
    public static async Task<T> GetAsync<T>(this OutcomeFile<T> file, string setting, ulong seed, Func<Task<T>> measure)
        where T : class, IMeasured =>
        file.Find(known => known.Setting == setting && known.Seed == seed) ?? file.Keep(await measure());
}
