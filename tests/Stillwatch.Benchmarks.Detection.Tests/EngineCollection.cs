namespace Stillwatch.Benchmarks.Detection.Tests;

/// <summary>Tests that open embedded stores; a process has one open at a time, so they take turns.</summary>
[CollectionDefinition(Name)]
public sealed class EngineCollection
{
    public const string Name = "embedded engine";
}
