using Stillwatch.Benchmarks.Detection.Coordination;

namespace Stillwatch.Benchmarks.Detection.Sybil;

/// <summary>The detectors that need neither prompts nor times.</summary>
internal static class SybilDetectors
{
    private static readonly CopyCatchOptions FittedCopyCatch = new() { MinAccounts = 8, Objects = 4 };

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyList<(string Name, Func<SybilGraph, CancellationToken, Suspicion> Detect)> All { get; } =
    [
        ("Number of counterparties", static (graph, _) => Degree(graph.Graph)),
        ("Connected components", static (graph, _) => ConnectedAccounts.Detect(graph.Graph, new SynchroTrapOptions().MinCluster)),
        ("FRAUDAR (one block)", static (graph, cancellation) => Fraudar.Detect(graph.Graph, new() { MaxBlocks = 1 }, cancellation)),
        ("FRAUDAR (several blocks)", static (graph, cancellation) => Fraudar.Detect(graph.Graph, new(), cancellation)),
        ("D-Cube (geometric)", static (graph, cancellation) => DCube.Detect(graph.Tensor(), new(), cancellation)),
        ("SynchroTrap (no times)", static (graph, cancellation) => SharedCounterparties.Detect(graph.Graph, new(), cancellation)),
        ("CopyCatch (StarScout, no times)", static (graph, cancellation) => CopyCatchOf(graph, new(), cancellation)),
        ("CopyCatch (8 accounts, 4 objects, no times)", static (graph, cancellation) => CopyCatchOf(graph, FittedCopyCatch, cancellation)),
        ("EvilCohort (s = 10)", static (graph, cancellation) => EvilCohort.Detect(graph.Graph, new(), cancellation)),
        ("EvilCohort (s = 1)", static (graph, cancellation) => EvilCohort.Detect(graph.Graph, new() { MinShared = 1 }, cancellation)),
        ("CatchSync", static (graph, _) => CatchSync.Detect(graph.Graph, new())),
        ("Stillwatch (grouping alone)", static (graph, cancellation) => ProductGrouping.Detect(graph.Sharing(), cancellation)),
    ];

    private static Suspicion Degree(BipartiteGraph graph) => Suspicion.FromThreshold(
        [.. Enumerable.Range(0, graph.AccountCount).Select(account => (double)graph.ValuesOf(account).Length)], double.PositiveInfinity);

    private static Suspicion CopyCatchOf(SybilGraph graph, CopyCatchOptions options, CancellationToken cancellation) =>
        CopyCatch.Detect(graph.Graph.AccountCount, graph.Graph.ValueCount, graph.Actions(), options, cancellation);
}
