using System.Text.Json.Serialization;

namespace Stillwatch.Evidence.Sharing.Disclosures;

/// <summary>That something was given out: what, to whom, under which marking and why. Immutable.</summary>
public sealed record Disclosure
{
    /// <summary>Name and version of the format.</summary>
    public const string CurrentSchema = "stillwatch.disclosure/1";

    /// <summary>Always <see cref="CurrentSchema"/>.</summary>
    [JsonRequired]
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>In which form.</summary>
    public required DisclosureKind Kind { get; init; }

    /// <summary>Who gets it: a lab, a sharing group, or the file it is written to.</summary>
    public required string Recipient { get; init; }

    /// <summary>The marking that limits where it may go on, such as <c>TLP:AMBER+STRICT</c>.</summary>
    public required string Marking { get; init; }

    /// <summary>Why it is given.</summary>
    public required string Purpose { get; init; }

    /// <summary>When, by the clock of who gives.</summary>
    public required DateTimeOffset GivenAt { get; init; }

    /// <summary>In at least how many accounts everything given was seen; null where no such threshold applies.</summary>
    public int? MinimumAccounts { get; init; }

    /// <summary>What is revealed beyond identifiers of the format; empty for nothing.</summary>
    [JsonRequired]
    public IReadOnlyList<string> Reveals { get; init; } = [];

    /// <summary>What was given.</summary>
    public required IReadOnlyList<DisclosedItem> Items { get; init; }
}
