namespace Stillwatch.Evidence.Sharing.Stix.Export;

/// <summary>How a campaign is told to others.</summary>
public sealed record CampaignExportOptions
{
    /// <summary>How long what is shared can be taken for true, where nothing else is said.</summary>
    public static readonly TimeSpan DefaultValidity = TimeSpan.FromDays(90);

    /// <summary>In how many accounts of a campaign something must have been seen, where nothing else is said.</summary>
    public const int DefaultMinimumAccounts = 3;

    /// <summary>How far it may go on. Default AMBER+STRICT: the recipient's organization only.</summary>
    public TrafficLight Marking { get; init; } = TrafficLight.AmberStrict;

    /// <summary>What is told of customers. Default nothing.</summary>
    public Revelations Reveals { get; init; } = Revelations.None;

    /// <summary>Who tells. Default a name that says nothing.</summary>
    public string Producer { get; init; } = "Provider of a language model";

    /// <summary>
    /// In at least how many accounts of the campaign an observable must have been seen, else it is left out: what one account alone uses
    /// may be somebody's home. Default <see cref="DefaultMinimumAccounts"/>, at least 1.
    /// </summary>
    public int MinimumAccounts { get; init; } = DefaultMinimumAccounts;

    /// <summary>How long indicators are valid. Default <see cref="DefaultValidity"/>.</summary>
    public TimeSpan Validity { get; init; } = DefaultValidity;
}
