namespace Stillwatch.IntegrationTests.Store.Engine;

/// <summary>Tests that open the embedded engine: it serves one directory a process at a time, so they take turns.</summary>
[CollectionDefinition(Name)]
public sealed class EngineCollection
{
    public const string Name = "embedded engine";
}
