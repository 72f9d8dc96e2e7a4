using Stillwatch.Campaigns.Reasons;
using Stillwatch.Coordination;
using Stillwatch.Statistics;
using static System.FormattableString;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>What members share, in sentences.</summary>
internal static class SharingReasons
{
    public static EvidenceFinding Of(EvidenceKind kind, SharedValuesResult result, PValue chance, EValue value) => new(
        kind,
        Code(result.Kind),
        value,
        Invariant($"{result.Sharing} of {result.Parties} members share {result.Values.Count} {Name(result.Kind, result.Values.Count)} ")
        + Invariant($"with other members that hardly anybody else uses; the probability of that among independent accounts ")
        + Invariant($"is at most {chance}."));

    /// <summary>What is typical of a group that was found by it: no evidence by itself, but where a person looks first.</summary>
    public static EvidenceFinding Found(SharedValueKind kind, int values, double share) => new(
        kind >= SharedValueKind.Payment ? EvidenceKind.SharedInfrastructure : EvidenceKind.SharedTemplate,
        Code(kind),
        EValue.One,
        Invariant($"Members share {values} {Name(kind, values)} that hardly anybody else uses (the most common is used ")
        + Invariant($"by {share:P0} of them); this is how the group was found and is not counted as evidence."));

    public static string Code(SharedValueKind kind) => kind switch
    {
        SharedValueKind.Phrase => ReasonCodes.SharedTemplate,
        SharedValueKind.SystemPrompt => ReasonCodes.SharedSystemPrompt,
        SharedValueKind.ToolSet => ReasonCodes.SharedTools,
        SharedValueKind.Payment => ReasonCodes.SharedPayment,
        SharedValueKind.EmailDomain => ReasonCodes.SharedEmailDomain,
        SharedValueKind.Address => ReasonCodes.SharedAddress,
        SharedValueKind.Network => ReasonCodes.SharedNetwork,
        _ => ReasonCodes.SharedClient,
    };

    public static string Name(SharedValueKind kind, int count) => (kind, count == 1) switch
    {
        (SharedValueKind.Phrase, true) => "repeated phrase",
        (SharedValueKind.Phrase, false) => "repeated phrases",
        (SharedValueKind.SystemPrompt, true) => "system prompt",
        (SharedValueKind.SystemPrompt, false) => "system prompts",
        (SharedValueKind.ToolSet, true) => "set of tools",
        (SharedValueKind.ToolSet, false) => "sets of tools",
        (SharedValueKind.Payment, true) => "payment instrument",
        (SharedValueKind.Payment, false) => "payment instruments",
        (SharedValueKind.EmailDomain, true) => "mail domain",
        (SharedValueKind.EmailDomain, false) => "mail domains",
        (SharedValueKind.Address, true) => "address",
        (SharedValueKind.Address, false) => "addresses",
        (SharedValueKind.Network, true) => "network",
        (SharedValueKind.Network, false) => "networks",
        (_, true) => "client set-up",
        _ => "client set-ups",
    };
}
