namespace Stillwatch.Architecture.Tests;

/// <summary>The directions between the folders of one assembly: a folder may name those before it; one folder may stand aside.</summary>
/// <param name="Root">The namespace whose children are the folders.</param>
/// <param name="Folders">Earlier folders first.</param>
/// <param name="Aside">A folder that names no other; null where there is none.</param>
/// <param name="AsideFrom">The first folder that may name <paramref name="Aside"/>.</param>
internal sealed record FolderOrder(string Root, IReadOnlyList<string> Folders, string? Aside = null, string? AsideFrom = null)
{
    /// <summary>The order of docs/architecture.md.</summary>
    public static FolderOrder Stillwatch { get; } = new(
        "Stillwatch",
        ["Interactions", "Sketching", "Store", "Profiles", "Coordination", "Campaigns", "Hunting", "Evaluation", "Reporting"],
        Aside: "Statistics",
        AsideFrom: "Profiles");

    /// <summary>Marks know nothing of the tests that look for them in a suspect, attacks nothing of the models they are tried on.</summary>
    public static FolderOrder Provenance { get; } =
        new("Stillwatch.Provenance", ["Tokenising", "Watermarking", "Lineage", "Extraction", "Laboratory", "Reports"]);

    /// <summary>What breaks the order, a sentence each.</summary>
    public IReadOnlyList<string> Violations(string assemblyPath)
    {
        using var graph = new TypeReferenceGraph(assemblyPath);
        var misplaced = graph.Types()
            .Where(type => Folder(type) is { } folder && folder != Aside && !Folders.Contains(folder))
            .Select(type => $"{type} is in a folder that has no place in the order.");
        var wrong = graph.References()
            .Where(reference => Folder(reference.From) is { } from && Folder(reference.To) is { } to && !May(from, to))
            .Select(reference => $"{reference.From} names {reference.To}.");
        return [.. misplaced.Concat(wrong).Distinct().Order(StringComparer.Ordinal)];
    }

    private bool May(string from, string to)
    {
        if (from == to)
        {
            return true;
        }

        return to == Aside ? Rank(from) >= Rank(AsideFrom!) : from != Aside && Rank(to) < Rank(from);
    }

    private int Rank(string folder) => Folders.ToList().IndexOf(folder);

    /// <summary>The folder of a type below the root; null for what the compiler puts elsewhere.</summary>
    private string? Folder(string type) =>
        type.StartsWith($"{Root}.", StringComparison.Ordinal) ? type[(Root.Length + 1)..].Split('.')[0] : null;
}
