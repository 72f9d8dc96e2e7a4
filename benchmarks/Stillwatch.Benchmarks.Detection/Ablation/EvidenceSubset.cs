using Stillwatch.Campaigns.Evidence;

namespace Stillwatch.Benchmarks.Detection.Ablation;

/// <summary>A hunt that examines some kinds of evidence only.</summary>
/// <param name="Name">What the tables call it.</param>
/// <param name="Without">What is left out.</param>
internal sealed record EvidenceSubset(string Name, IReadOnlySet<EvidenceKind> Without)
{
    /// <summary>All, each side alone, and all but each kind.</summary>
    public static IReadOnlyList<EvidenceSubset> All { get; } =
    [
        new("all", new HashSet<EvidenceKind>()),
        Only("content", EvidenceKind.InterchangeableContent, EvidenceKind.WorkPartition, EvidenceKind.NarrowContent),
        Only("timing", EvidenceKind.SynchronizedActivity, EvidenceKind.LoadBalance, EvidenceKind.ModelPivot, EvidenceKind.CreationBurst,
            EvidenceKind.Replacement),
        Only("infrastructure", EvidenceKind.SharedInfrastructure),
        .. Enum.GetValues<EvidenceKind>().Select(static kind =>
            new EvidenceSubset($"without {NameOf(kind)}", new HashSet<EvidenceKind> { kind })),
    ];

    private static EvidenceSubset Only(string side, params EvidenceKind[] kinds) =>
        new($"{side} only", Enum.GetValues<EvidenceKind>().Except(kinds).ToHashSet());

    /// <summary>Words of a kind's name, in small letters.</summary>
    private static string NameOf(EvidenceKind kind) => string.Concat(kind.ToString().Select(static (letter, at) =>
        char.IsUpper(letter) ? $"{(at == 0 ? "" : " ")}{char.ToLowerInvariant(letter)}" : letter.ToString()));
}
