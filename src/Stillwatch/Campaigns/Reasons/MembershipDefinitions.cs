using static Stillwatch.Campaigns.Reasons.AtlasTechniques;
using static Stillwatch.Campaigns.Reasons.ReasonRole;

namespace Stillwatch.Campaigns.Reasons;

/// <summary>Reasons that say how a campaign was put together and why an account is in it.</summary>
internal static class MembershipDefinitions
{
    private const string Score = "score = Σ w·s over the typical values that the account uses / Σ w·s² over all of them, with w the "
        + "logarithm of a value's rarity among parties and s the share of the group's parties that use it; the average member has 1.";

    public static IReadOnlyList<ReasonDefinition> All { get; } = [Joined(), Member(), JoinedMember(), Confirmed(), Near()];

    private static ReasonDefinition Joined() => new()
    {
        Code = ReasonCodes.JoinedGroups,
        Title = "Joined groups",
        Role = Told,
        Meaning = "The campaign was found as several groups: they overlap by half or more, or most members of each use what is "
            + "typical of the other.",
        Test = "No test. The strongest group stands for the campaign; a further one brings its accounts in only if its own evidence "
            + "reaches the level.",
        NullHypothesis = "None.",
        CannotMean = "It adds no evidence: many groups count no more than the strongest of them.",
        Answer = "That the group the account is in has nothing to do with the others; its own evidence is told with the account.",
        Signals = ProviderSignals.Of(17, 23),
        Techniques = [ServiceProxies],
    };

    private static ReasonDefinition Member() => new()
    {
        Code = ReasonCodes.CampaignMember,
        Title = "Member of a campaign",
        Role = Membership,
        Meaning = "The account uses what is typical of the campaign and rare outside it.",
        Test = Score + " From 0.75 on that alone makes a member; below it the account's own content has to speak for it as well. The "
            + "p-value is the account's rank among all accounts outside the group.",
        NullHypothesis = "The account is exchangeable with the accounts outside the group.",
        CannotMean = "It does not say that this account did anything wrong by itself: the evidence is that of the campaign. Whoever "
            + "uses the same rare tool, card or network in the same way scores as high.",
        Answer = "How the account came by the shared values, and that what it asks is its own. If the accounts belong to one "
            + "organization, declare it: sharing inside one organization counts nothing.",
        Signals = ProviderSignals.Of(5),
        Techniques = [ApiAccess],
    };

    private static ReasonDefinition JoinedMember() => new()
    {
        Code = ReasonCodes.JoinedMember,
        Title = "Brought in by another group",
        Role = Membership,
        Meaning = "The account is in the campaign through a group other than the strongest; that group reaches the level by its own "
            + "evidence.",
        Test = "The combined e-value of that group, as for the strongest.",
        NullHypothesis = "The group's members are independent accounts.",
        CannotMean = "It does not say that the account shares anything with the members of the strongest group.",
        Answer = "As for a member, about the values that are typical of that group.",
        Signals = ProviderSignals.Of(5, 17),
        Techniques = [ApiAccess],
    };

    private static ReasonDefinition Confirmed() => new()
    {
        Code = ReasonCodes.ConfirmedContent,
        Title = "Confirmed by content",
        Role = Membership,
        Meaning = "The account shares too little to be a member by that alone, or asked too little to share more, but its own prompts "
            + "could be any member's.",
        Test = "The randomization test of interchangeable content for this account against the sampled members: p above 0.1 "
            + "(0.02 from 14 prompts on), and its prompts at least half as close to the members' as to each other. It is asked of "
            + "members with a score below 0.75, of accounts near, and of accounts with a score from 0.1 on that is at least half of what a "
            + "member with as few interactions can show and at least ten prompts with the campaign's wording.",
        NullHypothesis = "None: the account is kept in unless its content shows topics of its own.",
        CannotMean = "Few prompts, or the same kind of use, pass for interchangeable.",
        Answer = "Prompts that belong together and are nobody else's topic.",
        Signals = ProviderSignals.Of(5, 16),
        Techniques = [ApiAccess],
    };

    private static ReasonDefinition Near() => new()
    {
        Code = ReasonCodes.NearCampaign,
        Title = "Near a campaign",
        Role = Membership,
        Meaning = "The account shares much of what is typical of a campaign, but too little to belong, and its content was not found "
            + "to be like the members'. A person should look.",
        Test = Score + " The p-value is the account's rank among all accounts outside the group.",
        NullHypothesis = "The account is exchangeable with the accounts outside the group.",
        CannotMean = "It is no finding against the account: nothing should be done without a person's judgement. Customers of the "
            + "same tool, network or reseller are near as well.",
        Answer = "As for a member; usually one look at what the account does is enough.",
        Signals = ProviderSignals.Of(5),
        Techniques = [ApiAccess],
    };
}
