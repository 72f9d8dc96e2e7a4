using Stillwatch.Store.Engine;

namespace Stillwatch.Store.Schema;

/// <summary>One step of the schema. Doing it again changes nothing, so that one that was cut short is simply done again.</summary>
/// <param name="Version">The version it leads to.</param>
/// <param name="Statements">What it does, in order.</param>
internal sealed record Migration(uint Version, Func<EngineCapabilities, IEnumerable<Sql>> Statements);
