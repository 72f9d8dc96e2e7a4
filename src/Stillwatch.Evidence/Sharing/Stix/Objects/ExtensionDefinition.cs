namespace Stillwatch.Evidence.Sharing.Stix.Objects;

/// <summary>Says what an extension of the standard means (STIX 2.1, 7.3).</summary>
public sealed record ExtensionDefinition : VersionedObject
{
    /// <summary>The extension of OASIS that carries markings of the Traffic Light Protocol 2.0.</summary>
    public static readonly StixId Tlp20 = new("extension-definition", new("60a3c5c5-0d10-413e-aab3-9e08dde9e88d"));

    /// <summary>Our extension of match tokens.</summary>
    public static readonly StixId MatchTokens = new("extension-definition", new("5d6b1f5e-7c0a-4a55-9f0e-0c6f1d3b7a21"));

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it conveys.</summary>
    public string? Description { get; init; }

    /// <summary>Where, or in what words, it is defined.</summary>
    public required string Schema { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>How it enters objects.</summary>
    public required IReadOnlyList<string> ExtensionTypes { get; init; }

    /// <summary>The definition of <see cref="MatchTokens"/>; the same wherever it is written.</summary>
    /// <param name="author">Who sends it along.</param>
    /// <param name="markings">How it is marked.</param>
    public static ExtensionDefinition OfMatchTokens(StixId author, IReadOnlyList<StixId> markings) => new()
    {
        Id = MatchTokens,
        CreatedByRef = author,
        Created = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Modified = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        ObjectMarkingRefs = markings,
        Name = "Match token",
        Description = "Observable x-match-token: the output of RFC 9497 VOPRF(P256-SHA256) over a normalised value, under a key of one "
            + "epoch that a third party holds. Equal tokens of one kind and epoch mean equal values; nothing else follows from one.",
        Schema = "x-match-token has the required strings token_kind (payment, email, phone, device, prompt-template), epoch, and token (64 "
            + "hexadecimal digits); token_kind, epoch and token contribute to its id.",
        Version = "1.0.0",
        ExtensionTypes = ["new-sco"],
    };

    internal static Dictionary<string, StixExtension> Uses(StixId definition, StixExtension extension) =>
        new() { [definition.ToString()] = extension };
}
