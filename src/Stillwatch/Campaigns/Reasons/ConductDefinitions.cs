using static Stillwatch.Campaigns.Reasons.AtlasTechniques;
using static Stillwatch.Campaigns.Reasons.ReasonRole;

namespace Stillwatch.Campaigns.Reasons;

/// <summary>Reasons that come from when and how much members act.</summary>
internal static class ConductDefinitions
{
    private const string AsOtherGroups =
        "The group is one of those of the log whose content speaks against divided work, and its members are drawn like the sampled "
        + "accounts of all groups.";

    private const string Ranked =
        "The larger of that p-value and of the group's rank, by standard deviations from the draws, among up to 500 groups of the log "
        + "whose content speaks against divided work (conformal; Vovk, Gammerman, Shafer 2005), where there are 10; e = p^(-1/2)/2.";

    public static IReadOnlyList<ReasonDefinition> All { get; } = [Balance(), Hours(), Pivot(), Burst(), Replaced()];

    private static ReasonDefinition Balance() => new()
    {
        Code = ReasonCodes.LoadBalance,
        Title = "Equal loads",
        Role = Corroboration,
        Meaning = "Members send about equally much, as if work were dealt out evenly.",
        Test = "Standard deviation of the logarithm of the members' interactions; randomization test with 499 draws of as many "
            + "accounts from members and reference accounts together (Dwass 1957). " + Ranked,
        NullHypothesis = AsOtherGroups,
        CannotMean = "A quota, a free tier or a course with a fixed number of tasks makes loads equal among strangers.",
        Answer = "The quota or the task that bounds the account's use; its own bills over time.",
        Signals = ProviderSignals.Of(7),
        Techniques = [ApiAccess, ServiceProxies],
    };

    private static ReasonDefinition Hours() => new()
    {
        Code = ReasonCodes.SynchronizedActivity,
        Title = "Synchronized activity",
        Role = Corroboration,
        Meaning = "Members are active in the same hours of the day.",
        Test = "Mean overlap of two members' histograms over the hours of the day (UTC), the same number of interactions each; "
            + "randomization test with 499 draws, as for equal loads. " + Ranked,
        NullHypothesis = AsOtherGroups,
        CannotMean = "People of one time zone and one kind of work keep the same hours; so do timers set to the full hour.",
        Answer = "Where the account's people work and when; the schedule of the job.",
        Signals = ProviderSignals.Of(4),
        Techniques = [ApiAccess],
    };

    private static ReasonDefinition Pivot() => new()
    {
        Code = ReasonCodes.ModelPivot,
        Title = "Model pivot",
        Role = Corroboration,
        Meaning = "More members than other accounts took up a new model within 24 hours of its release.",
        Test = "Members active before and after the release; the larger p-value of a binomial tail with one and a half times the "
            + "share of all comparable accounts, and of Fisher's exact test (1935); mixture of power calibrators. Averaged over "
            + "releases.",
        NullHypothesis = "Members move at most one and a half times as readily as all comparable accounts, and as readily where "
            + "nearly all move.",
        CannotMean = "A product that switches all its users to the new model, an announcement to one community or a deprecation moves "
            + "strangers together.",
        Answer = "The announcement or the update that brought the change, with its date.",
        Signals = ProviderSignals.Of(15),
        Techniques = [ApiAccess],
    };

    private static ReasonDefinition Burst() => new()
    {
        Code = ReasonCodes.CreationBurst,
        Title = "Burst of registrations",
        Role = Corroboration,
        Meaning = "Members were registered within an hour of each other more often than other accounts around them.",
        Test = "Members that another member follows within an hour, one a party; upper tail of a negative binomial law whose mean is the "
            + "one that the density of other accounts gives times a factor fitted to the groups of the log whose content speaks against "
            + "divided work, at least 3; mixture of power calibrators.",
        NullHypothesis = "Members follow each other as often as those of the log's other groups do, or three times as often as other "
            + "accounts around them, whichever is more.",
        CannotMean = "A class, a workshop, a campaign of advertising or a news item brings people in the same hour.",
        Answer = "The event that brought the account: the invitation, the course, the code that was handed out.",
        Signals = ProviderSignals.Of(18, 23),
        Techniques = [EstablishAccounts],
    };

    private static ReasonDefinition Replaced() => new()
    {
        Code = ReasonCodes.Replacement,
        Title = "Replacement",
        Role = Corroboration,
        Meaning = "When a member stops, a new one begins sooner than, from a beginning, another one stops: seats are filled again.",
        Test = "Each time from an ending to the next beginning beside the time from a beginning to the next ending; sign test "
            + "(binomial tail with 1/2) over at least 5 comparisons; e = p^(-1/2)/2.",
        NullHypothesis = "Members come and go by themselves, so either time is the shorter by chance.",
        CannotMean = "Shifts, trials that end as others begin, and keys that are renewed regularly look the same.",
        Answer = "Why the account began when it did, and why it stopped; the policy by which keys are renewed.",
        Signals = ProviderSignals.Of(18, 23),
        Techniques = [EstablishAccounts],
    };
}
