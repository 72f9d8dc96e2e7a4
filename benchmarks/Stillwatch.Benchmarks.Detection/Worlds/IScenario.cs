namespace Stillwatch.Benchmarks.Detection.Worlds;

/// <summary>What a world is made from.</summary>
internal interface IScenario
{
    /// <summary>What it is called.</summary>
    string Name { get; }

    /// <summary>The scenario file.</summary>
    string ToJson();
}
