namespace Stillwatch.Evidence.Sharing.Taxii.Storage;

/// <summary>What of a collection is asked for (TAXII 2.1, 3.4). An empty set restricts nothing.</summary>
internal sealed record TaxiiFilter
{
    /// <summary>Only what was added after this.</summary>
    public DateTimeOffset? AddedAfter { get; init; }

    /// <summary>Only these objects.</summary>
    public IReadOnlySet<string> Ids { get; init; } = new HashSet<string>();

    /// <summary>Only these types.</summary>
    public IReadOnlySet<string> Types { get; init; } = new HashSet<string>();

    /// <summary>Only these versions of STIX. Where nothing is asked for, 2.1.</summary>
    public IReadOnlySet<string> SpecVersions { get; init; } = new HashSet<string> { "2.1" };

    /// <summary>Which versions of each object.</summary>
    public VersionChoice Versions { get; init; } = VersionChoice.Latest;

    /// <summary>The same for the same question: a page token is good for its question only.</summary>
    public string Identity => string.Join('\n',
    [
        AddedAfter is { } after ? TaxiiTimestamp.Format(after) : "",
        .. Ids.Order(StringComparer.Ordinal), "types", .. Types.Order(StringComparer.Ordinal), "spec",
        .. SpecVersions.Order(StringComparer.Ordinal), $"{Versions.All} {Versions.First} {Versions.Last}",
        .. Versions.Times.Order().Select(TaxiiTimestamp.Format),
    ]);

    /// <summary>What of some versions is asked for, in the order in which it was added.</summary>
    public IEnumerable<StoredVersion> Apply(IEnumerable<StoredVersion> versions) => versions
        .Where(version => (Ids.Count == 0 || Ids.Contains(version.Id)) && (Types.Count == 0 || Types.Contains(version.Type))
            && (SpecVersions.Count == 0 || SpecVersions.Contains(version.SpecVersion)))
        .GroupBy(static version => version.Id, StringComparer.Ordinal)
        .SelectMany(group => Versions.Of([.. group]))
        .Where(version => AddedAfter is not { } after || version.Added > after)
        .OrderBy(static version => version.Added);
}
