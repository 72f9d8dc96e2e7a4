namespace Stillwatch.Benchmarks.Detection.Worlds;

/// <summary>What makes worlds.</summary>
internal interface IWorldSource
{
    /// <summary>What tables call it.</summary>
    string Name { get; }

    /// <summary>Whether it knows the families of campaigns that give each account topics of its own.</summary>
    bool HasSpecialists { get; }

    /// <summary>Writes interactions, accounts and truth of a world into a directory. Equal arguments give equal worlds.</summary>
    Task MakeAsync(IScenario scenario, ulong seed, string directory, CancellationToken cancellation);
}
