namespace Stillwatch.Evidence.Sharing.Taxii.Server;

/// <summary>An API root: a group of collections.</summary>
public sealed record TaxiiRootOptions
{
    /// <summary>Its part of the address: letters, digits and dashes.</summary>
    public required string Name { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>What it is for.</summary>
    public string? Description { get; init; }

    /// <summary>Its collections.</summary>
    public IReadOnlyList<TaxiiCollectionOptions> Collections { get; set; } = [];

    internal bool HasUsableName =>
        Name.Length is > 0 and <= 60 && Name != "taxii2" && Name.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
}
