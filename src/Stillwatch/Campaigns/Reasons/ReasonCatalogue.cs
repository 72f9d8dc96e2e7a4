using System.Collections.Frozen;

namespace Stillwatch.Campaigns.Reasons;

/// <summary>What every reason code means. <c>docs/reasons.md</c> is written from it.</summary>
public static class ReasonCatalogue
{
    private static readonly FrozenDictionary<string, ReasonDefinition> ByCode;

    static ReasonCatalogue()
    {
        All = [.. ContentDefinitions.All, .. SharingDefinitions.All, .. ConductDefinitions.All, .. MembershipDefinitions.All,
            .. ReferralDefinitions.All];
        ByCode = All.ToFrozenDictionary(static definition => definition.Code, StringComparer.Ordinal);
    }

    /// <summary>Every definition once: content, sharing, conduct, membership, referral.</summary>
    public static IReadOnlyList<ReasonDefinition> All { get; }

    /// <summary>The definition of a code; null for a code of another version or another program.</summary>
    public static ReasonDefinition? Find(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return ByCode.GetValueOrDefault(code);
    }
}
