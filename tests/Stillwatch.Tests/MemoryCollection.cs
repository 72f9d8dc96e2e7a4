namespace Stillwatch.Tests;

/// <summary>Tests that measure the memory of the whole process: they run by themselves, after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MemoryCollection
{
    /// <summary>The collection's name.</summary>
    public const string Name = "memory";
}
