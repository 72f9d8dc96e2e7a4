namespace Stillwatch.Evidence.Sharing.Taxii.Storage;

/// <summary>Which versions of each object are asked for: match[version] of TAXII 2.1, 3.4.1.</summary>
/// <param name="All">All of them.</param>
/// <param name="First">The earliest.</param>
/// <param name="Last">The latest.</param>
/// <param name="Times">Those of these times.</param>
internal sealed record VersionChoice(bool All, bool First, bool Last, IReadOnlySet<DateTimeOffset> Times)
{
    /// <summary>What is given where nothing is asked for.</summary>
    public static VersionChoice Latest { get; } = new(false, false, true, new HashSet<DateTimeOffset>());

    /// <summary>Every version.</summary>
    public static VersionChoice Every { get; } = new(true, false, false, new HashSet<DateTimeOffset>());

    /// <summary>Which of the versions of one object are chosen.</summary>
    public IEnumerable<StoredVersion> Of(IReadOnlyList<StoredVersion> versions)
    {
        if (All)
        {
            return versions;
        }

        var first = First ? versions.MinBy(static version => version.VersionTime) : null;
        var last = Last ? versions.MaxBy(static version => version.VersionTime) : null;
        return versions.Where(version => version == first || version == last || Times.Contains(version.VersionTime));
    }
}
