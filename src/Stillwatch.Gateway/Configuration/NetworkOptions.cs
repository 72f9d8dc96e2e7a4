namespace Stillwatch.Gateway.Configuration;

/// <summary>Files that say of addresses where they are and whose.</summary>
/// <param name="Countries">Ranges and countries, CSV or MMDB; none for unknown.</param>
/// <param name="Systems">Ranges and autonomous systems, CSV or MMDB; none for unknown.</param>
/// <param name="Classes">Classes of autonomous systems; null for none.</param>
public sealed record NetworkOptions(IReadOnlyList<string> Countries, IReadOnlyList<string> Systems, string? Classes)
{
    /// <summary>Nothing is looked up.</summary>
    public static NetworkOptions None { get; } = new([], [], null);

    /// <summary>Whether nothing is looked up.</summary>
    public bool IsEmpty => Countries.Count == 0 && Systems.Count == 0;

    /// <inheritdoc/>
    public bool Equals(NetworkOptions? other) => other is not null && Classes == other.Classes
        && Countries.SequenceEqual(other.Countries) && Systems.SequenceEqual(other.Systems);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Classes, Countries.Count, Systems.Count);
}
