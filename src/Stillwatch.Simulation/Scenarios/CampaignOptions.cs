namespace Stillwatch.Simulation.Scenarios;

/// <summary>
/// How a campaign behaves. Every family takes every option; <see cref="CampaignFamilies.Defaults"/> has what a family sets. Scenario files
/// write the members in snake case.
/// </summary>
public sealed record CampaignOptions
{
    /// <summary>Default of <see cref="RetryShare"/>.</summary>
    public const double DefaultRetryShare = 0.02;

    /// <summary>Default of <see cref="RetryElsewhere"/>.</summary>
    public const double DefaultRetryElsewhere = 0.25;

    /// <summary>What is copied. Default: reasoning.</summary>
    public Capability Capability { get; init; } = Capability.Reasoning;

    /// <summary>Kinds of items; empty (the default) means those that fit the capability.</summary>
    public IReadOnlyList<PromptKind> Kinds { get; init; } = [];

    /// <summary>0: one wrapper; 1: a wrapper of its own for each item; 2: also edited items and other languages. Default 0.</summary>
    public int Paraphrase { get; init; }

    /// <summary>Mean exchanges for an item, which follow at once in the same account; 1 to 50. Default 1.</summary>
    public double Turns { get; init; } = 1;

    /// <summary>Where requests come from. Default: hosting.</summary>
    public CampaignNetwork Network { get; init; } = CampaignNetwork.Hosting;

    /// <summary>Accounts that share an address; 1 to 10,000. Default 1.</summary>
    public int AccountsPerIp { get; init; } = 1;

    /// <summary>Addresses an account uses; 1 to 3. Default 1.</summary>
    public int AddressesPerAccount { get; init; } = 1;

    /// <summary>Accounts that share a payment instrument; 1 to 10,000. Default 1.</summary>
    public int AccountsPerPayment { get; init; } = 1;

    /// <summary>Mail domains. Default: provider.</summary>
    public CampaignMail Mail { get; init; } = CampaignMail.Provider;

    /// <summary>When accounts were registered. Default: aged.</summary>
    public CampaignAge Age { get; init; } = CampaignAge.Aged;

    /// <summary>How alike the client programs are. Default: any.</summary>
    public Uniformity Client { get; init; } = Uniformity.Any;

    /// <summary>How alike the request parameters are. Default: any.</summary>
    public Uniformity Style { get; init; } = Uniformity.Any;

    /// <summary>Hours of work. Default: human.</summary>
    public CampaignRhythm Rhythm { get; init; } = CampaignRhythm.Human;

    /// <summary>How exchanges are divided. Default: random.</summary>
    public LoadBalance Balance { get; init; } = LoadBalance.Random;

    /// <summary>Mean items in one go; 1 to 1,000. Default 4.</summary>
    public double Session { get; init; } = 4;

    /// <summary>Random delay of each session up to this many hours; 0 to 24. Default 0.</summary>
    public double JitterHours { get; init; }

    /// <summary>Exchanges of an account on an active day; null (the default) means every day alike.</summary>
    public Interval? PerDay { get; init; }

    /// <summary>Days over which the volume rises to its height; 0 to 365. Default 0.</summary>
    public double RampDays { get; init; }

    /// <summary>Requests after which an account is given up; 0 (the default) is never, otherwise at least 10.</summary>
    public int Rotation { get; init; }

    /// <summary>Mean hours until the replacement of a given-up account starts; 0 to 2,400. Default 6.</summary>
    public double RotationHours { get; init; } = 6;

    /// <summary>Share of unrelated traffic in each account's traffic, 0 to 0.98. Default [0, 0].</summary>
    public Interval Cover { get; init; }

    /// <summary>Share of requests that repeat an earlier one word for word, 0 to 0.5. Default <see cref="DefaultRetryShare"/>.</summary>
    public double RetryShare { get; init; } = DefaultRetryShare;

    /// <summary>Share of the repetitions that come from another account, 0 to 1. Default <see cref="DefaultRetryElsewhere"/>.</summary>
    public double RetryElsewhere { get; init; } = DefaultRetryElsewhere;

    /// <summary>Share of the accounts that use the provider's application instead of the API, 0 to 1. Default 0.</summary>
    public double ConsumerShare { get; init; }

    /// <summary>Ways in that the other accounts register for. Default: api.</summary>
    public IReadOnlyList<string> Programs { get; init; } = ["api"];

    /// <summary>The move to the released model. Default: none.</summary>
    public ModelPivot Pivot { get; init; } = ModelPivot.None;

    /// <summary>The model before the pivot; null (the default) means the first model of the scenario.</summary>
    public string? Model { get; init; }
}
