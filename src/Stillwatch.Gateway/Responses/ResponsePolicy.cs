using Stillwatch.Campaigns;

namespace Stillwatch.Gateway.Responses;

/// <summary>What follows from findings, and for whom nothing ever does. Immutable.</summary>
/// <remarks>
/// An account that only indicators of others name is observed at most: their assertion is no evidence of this log, and whoever may write to
/// a shared collection could otherwise plant a rival's customers.
/// </remarks>
public sealed record ResponsePolicy
{
    /// <summary>Default of <see cref="Lasts"/>.</summary>
    public static readonly TimeSpan DefaultLasts = TimeSpan.FromDays(14);

    /// <summary>The policy where nothing else is said: everything in shadow, and never a block.</summary>
    public static ResponsePolicy Default { get; } = new()
    {
        Rules =
        [
            new(Verdict.Review, ResponseStep.Observe),
            new(Verdict.Restrict, ResponseStep.Reduce),
            new(Verdict.Block, ResponseStep.Challenge),
        ],
    };

    /// <summary>The rules; of those that match the harshest counts.</summary>
    public required IReadOnlyList<ResponsePolicyRule> Rules { get; init; }

    /// <summary>How long a response lasts from when it was last set or renewed. Default 14 days, range 1 hour to 90 days.</summary>
    public TimeSpan Lasts { get; init; } = DefaultLasts;

    /// <summary>The harshest step that findings may set. Default challenge.</summary>
    public ResponseStep Harshest { get; init; } = ResponseStep.Challenge;

    /// <summary>Whom no response touches, whoever sets it: keys, accounts, organisations.</summary>
    public IReadOnlySet<ResponseScope> Exempt { get; init; } = new HashSet<ResponseScope>();

    /// <summary>What is to be done about an account; null for nothing.</summary>
    /// <param name="verdict">What is advised.</param>
    /// <param name="log10EValue">Of its campaign; null for none.</param>
    /// <param name="isHearsay">Whether only indicators of others name it.</param>
    public ResponsePolicyRule? Choose(Verdict verdict, double? log10EValue, bool isHearsay)
    {
        var most = isHearsay ? ResponseStep.Observe : Harshest;
        return Rules.Where(rule => rule.Step <= most && rule.Matches(verdict, log10EValue))
            .OrderByDescending(static rule => rule.Step).ThenByDescending(static rule => rule.Enforce).FirstOrDefault();
    }
}
