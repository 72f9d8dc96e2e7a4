using Stillwatch.Interactions;

namespace Stillwatch.Evaluation;

/// <summary>The label of one account in benchmark data: one line of the truth file.</summary>
public sealed record AccountTruth
{
    /// <summary>The account; labelled once.</summary>
    public required AccountId Account { get; init; }

    /// <summary>What it is.</summary>
    public required AccountLabel Label { get; init; }

    /// <summary>Which campaign it acts for; null for benign accounts.</summary>
    public string? Campaign { get; init; }

    /// <summary>The kind of benign account (chatter, app, batch, …) or the family of the campaign.</summary>
    public string? Class { get; init; }

    /// <summary>Its lines in the log; null where the benchmark does not say.</summary>
    public long? Interactions { get; init; }

    /// <summary>Those of <see cref="Interactions"/> that serve the campaign; null where the benchmark does not say.</summary>
    public long? CampaignInteractions { get; init; }
}
