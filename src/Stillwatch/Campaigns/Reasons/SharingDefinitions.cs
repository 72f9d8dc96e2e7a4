using static Stillwatch.Campaigns.Reasons.AtlasTechniques;

namespace Stillwatch.Campaigns.Reasons;

/// <summary>Reasons that come from what members have in common.</summary>
internal static class SharingDefinitions
{
    private const string Test = "S = members beyond the first at each value that at most 1 % of all parties use; upper tail of a "
        + "negative binomial law whose mean is that of random members times a factor; mixture of power calibrators (Vovk, Wang 2021). "
        + "Averaged with the other kinds of its side.";

    private const string NullHypothesis = "Independent accounts share what random members would, times a factor that differs from "
        + "group to group: fitted to the log's groups whose content speaks against divided work, and 5 at least. One declared "
        + "organization counts as one party.";

    private const string Found = " If the group was found by this, it is told as such and counts nothing.";

    public static IReadOnlyList<ReasonDefinition> All { get; } = [.. Templates(), .. Infrastructure()];

    private static IEnumerable<ReasonDefinition> Templates() =>
    [
        Shared(
            ReasonCodes.SharedTemplate,
            "Shared template",
            "Members repeat the same phrases around changing content, and hardly anybody else uses them.",
            "A published prompt, a tool, a course or a colleague's snippet gives strangers the same phrases.",
            "Where the wording comes from: the tool, the page, the course, with a date before the finding.",
            [5, 9],
            [PromptCrafting, ExtractModel]),
        Shared(
            ReasonCodes.SharedSystemPrompt,
            "Shared system prompt",
            "Members send the same system prompts, figures masked, and hardly anybody else does.",
            "Everybody who uses one application sends its system prompt.",
            "The application that sends it, and who its users are.",
            [5, 9],
            [PromptCrafting]),
        Shared(
            ReasonCodes.SharedTools,
            "Shared set of tools",
            "Members offer the model the same sets of tools, and hardly anybody else does.",
            "Users of one agent framework or one integration offer the same tools.",
            "The program that offers them, and who its users are.",
            [5, 8],
            [ApiAccess]),
    ];

    private static IEnumerable<ReasonDefinition> Infrastructure() =>
    [
        Shared(
            ReasonCodes.SharedPayment,
            "Shared payment",
            "Members pay with the same instruments, and hardly anybody else does.",
            "A family, a firm without a declared organization, an agency or a reseller pays for many accounts; gift cards and virtual "
                + "cards come in series.",
            "Who pays and why: the invoice, the agency's contract, the firm's register of accounts.",
            [6],
            [EstablishAccounts]),
        Shared(
            ReasonCodes.SharedEmailDomain,
            "Shared mail domain",
            "Members registered with mail addresses of the same domains, which hardly anybody else uses.",
            "A firm, a school or a small mail provider explains it.",
            "What the domain is and who gets addresses there.",
            [2],
            [EstablishAccounts]),
        Shared(
            ReasonCodes.SharedAddress,
            "Shared address",
            "Members come from the same client addresses, and hardly anybody else does.",
            "A household, an office, a school, a carrier's NAT, a VPN exit or a library is one address for many.",
            "Whose address it is, and who else uses it; a provider's statement that it is an exit or a NAT.",
            [1, 3],
            [ServiceProxies]),
        Shared(
            ReasonCodes.SharedNetwork,
            "Shared network",
            "Members come from the same networks (/24 of IPv4, /48 of IPv6), and hardly anybody else does.",
            "A campus, a data centre's customers, one town's access provider or one VPN share networks.",
            "Where the account connects from and through whom.",
            [1, 3, 21],
            [ServiceProxies]),
        Shared(
            ReasonCodes.SharedClient,
            "Shared client set-up",
            "Members use the same combinations of network operator, TLS fingerprint, program and sampling parameters, which are rare "
                + "outside.",
            "An uncommon library, a company image or a self-built client gives many people one set-up.",
            "The program and its version, and who distributes it.",
            [2, 3, 21],
            [ServiceProxies, ApiAccess]),
    ];

    private static ReasonDefinition Shared(
        string code, string title, string meaning, string innocent, string answer, int[] signals, AtlasTechnique[] techniques) => new()
        {
            Code = code,
            Title = title,
            Role = ReasonRole.Sharing,
            Meaning = meaning + Found,
            Test = Test,
            NullHypothesis = NullHypothesis,
            CannotMean = $"It does not make a campaign by itself, however striking. {innocent}",
            Answer = answer,
            Signals = ProviderSignals.Of(signals),
            Techniques = techniques,
        };
}
