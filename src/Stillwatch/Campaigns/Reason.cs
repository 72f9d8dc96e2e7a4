using System.Text.Json.Serialization;

namespace Stillwatch.Campaigns;

/// <summary>One piece of evidence, told so that a person can act on it.</summary>
public sealed record Reason
{
    /// <summary>Stable code of the kind of evidence: shared-payment, shared-template, work-partition, synchronized-activity, …</summary>
    public required string Code { get; init; }

    /// <summary>One sentence with the figures.</summary>
    public required string Summary { get; init; }

    /// <summary>
    /// Decimal logarithm of this evidence's e-value: how many times likelier than under independent accounts a sceptic must grant
    /// it to be. Null where this evidence alone is not weighed.
    /// </summary>
    [JsonPropertyName("log10_e_value")]
    public double? Log10EValue { get; init; }

    /// <summary>
    /// Of a campaign's reason: decimal logarithm of the campaign's combined evidence had this said nothing. Null where that was not asked,
    /// as for what a group was found by.
    /// </summary>
    [JsonPropertyName("log10_without")]
    public double? Log10Without { get; init; }

    /// <summary>What would be advised had this said nothing; null where that was not asked.</summary>
    public Consequence? VerdictWithout { get; init; }
}
