namespace Stillwatch.Evidence.Sharing.Taxii.Server;

/// <summary>A collection of objects.</summary>
public sealed record TaxiiCollectionOptions
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }
}
