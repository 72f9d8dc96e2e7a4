using static Stillwatch.Campaigns.Reasons.AtlasTechniques;
using static Stillwatch.Campaigns.Reasons.ReasonRole;

namespace Stillwatch.Campaigns.Reasons;

/// <summary>Reasons that come from what is asked.</summary>
internal static class ContentDefinitions
{
    private const string ElicitationTest = "Share of the sampled prompts whose wording asks for any of the four; p = (groups of the "
        + "log with at least that share) / (groups), a conformal rank with groups as units (Vovk, Gammerman, Shafer 2005); e = "
        + "p^(-1/2)/2.";

    private const string ElicitationNull = "The group is exchangeable with the other groups of the log.";

    private const string ElicitationAnswer = "Which product sends such prompts and why it needs them; how the answers are used. One "
        + "look at the prompts of a few members usually tells a tutor, a grader or an assistant from a list that is worked off.";

    public static IReadOnlyList<ReasonDefinition> All { get; } = [Interchangeable(), Partition(), Narrow(), .. Elicitation()];

    private static ReasonDefinition Interchangeable() => new()
    {
        Code = ReasonCodes.InterchangeableContent,
        Title = "Interchangeable content",
        Role = Gate,
        Meaning = "Most members have no topics of their own: their prompts could be dealt out anew among the group and nobody would "
            + "notice.",
        Test = "For each member a randomization test (Dwass 1957): are its own prompts more alike than as many drawn from the others? "
            + "The number of members for whom this is not so gives an e-value, the likelihood ratio of two beta-binomial laws; groups "
            + "whose members show few prompts have a law of their own.",
        NullHypothesis = "Members are independent accounts that use one template or tool: few of them look interchangeable, as many "
            + "as the more cautious of a default and a fit to the log's own groups says.",
        CannotMean = "It does not say that the prompts are harmful, nor that they were written by one person. Accounts with few "
            + "prompts, and users of a tool that everybody uses for the very same kind of thing, look interchangeable too; so do the "
            + "customers of a service that hands every request to any free account.",
        Answer = "Prompts of the account that belong together (one project, one course, one customer) and that no other member would "
            + "have sent; or the service whose requests are spread over the accounts, with its contract.",
        Signals = ProviderSignals.Of(5, 7, 16),
        Techniques = [ApiAccess, ExtractModel],
    };

    private static ReasonDefinition Partition() => new()
    {
        Code = ReasonCodes.WorkPartition,
        Title = "Divided work",
        Role = Gate,
        Meaning = "Members ask about the same things and yet hardly ever ask the same: as if one list were divided, so that nothing "
            + "is paid twice.",
        Test = "Pairs of equal items (a prompt, or a conversation by its first) of different parties, against the least number that "
            + "independent draws from a common list would give; lower Poisson tail, turned into an e-value by the mixture of all "
            + "power calibrators (Vovk, Wang 2021).",
        NullHypothesis = "Members draw independently from one list of at most 5,000 items, whatever its shape; or they "
            + "went through a longer one, of which all samples show the same items.",
        CannotMean = "It does not say who holds the list. Strangers with topics of their own repeat nothing either: only together "
            + "with interchangeable content it means anything.",
        Answer = "A common list that members went through by themselves (a course, a benchmark, a questionnaire), or the source of "
            + "the prompts if every one of them comes from another customer.",
        Signals = ProviderSignals.Of(7),
        Techniques = [ApiAccess, ExtractModel],
    };

    private static ReasonDefinition Narrow() => new()
    {
        Code = ReasonCodes.NarrowContent,
        Title = "Narrow content",
        Role = Told,
        Meaning = "Prompts of different members resemble each other more than in most groups of the log, once shared wording is left "
            + "out.",
        Test = "Mean similarity of prompts of different members; p = rank among the log's groups (conformal), e = p^(-1/2)/2. Told "
            + "only: members whose prompts are alike also pass for interchangeable, so it would count twice.",
        NullHypothesis = ElicitationNull,
        CannotMean = "A profession, a product or a course is narrow as well. It adds nothing to the figure of the campaign.",
        Answer = "What the common subject is, and why these accounts have it.",
        Signals = ProviderSignals.Of(8, 10),
        Techniques = [ExtractModel],
    };

    private static IEnumerable<ReasonDefinition> Elicitation() =>
    [
        Elicits(
            ReasonCodes.ReasoningElicitation,
            "Elicitation of reasoning",
            "Half or more of the sampled prompts ask the model to write out its reasoning.",
            "Teachers, students and careful users ask for steps; many products put the request into every prompt.",
            10, 11, 14, 22),
        Elicits(
            ReasonCodes.RubricGrading,
            "Grading by rubrics",
            "Half or more of the sampled prompts have the model grade answers by criteria, as a reward model does.",
            "Schools, call centres, recruiters and teams that evaluate their own product grade by criteria.",
            10, 12),
        Elicits(
            ReasonCodes.Rewriting,
            "Rewording",
            "Half or more of the sampled prompts have the model reword given texts.",
            "Editors, translators, marketing and support tools do nothing else.",
            10, 13),
        Elicits(
            ReasonCodes.AgenticElicitation,
            "Agentic elicitation",
            "Half or more of the sampled prompts have the model plan and drive tools.",
            "Every coding agent and automation product does so.",
            8, 10),
    ];

    private static ReasonDefinition Elicits(
        string code, string title, string meaning, string innocent, params ReadOnlySpan<int> signals) => new()
        {
            Code = code,
            Title = title,
            Role = Corroboration,
            Meaning = meaning,
            Test = ElicitationTest,
            NullHypothesis = ElicitationNull,
            CannotMean = $"It does not say that the answers train a model. {innocent} The four kinds of elicitation are one test: they "
            + "share one e-value, which counts once.",
            Answer = ElicitationAnswer,
            Signals = ProviderSignals.Of(signals),
            Techniques = [PromptCrafting, ExtractModel],
        };
}
