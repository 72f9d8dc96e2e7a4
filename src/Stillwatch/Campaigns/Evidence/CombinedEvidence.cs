using Stillwatch.Statistics;

namespace Stillwatch.Campaigns.Evidence;

/// <summary>The e-values of one group with the rule that combines them: tells what would stand without one of them.</summary>
/// <remarks>
/// min(content) · Π over sides of (1 + mean(side))/2. Taking a test out puts 1, "no evidence", in its place: what its side is averaged over
/// stays the same, so nothing that speaks for a campaign makes it stronger by its absence. A test of content that says nothing leaves
/// content at 1 or below, as both are needed. Immutable.
/// </remarks>
public sealed class CombinedEvidence
{
    private readonly IReadOnlyList<EvidenceValue> _content;
    private readonly IReadOnlyList<IReadOnlyList<EvidenceValue>> _sides;

    /// <param name="content">The tests of content, of which the weakest counts; none counts 1.</param>
    /// <param name="sides">For each other side its tests; a side without any counts 1.</param>
    public CombinedEvidence(IReadOnlyList<EvidenceValue> content, IReadOnlyList<IReadOnlyList<EvidenceValue>> sides)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(sides);
        (_content, _sides) = (content, sides);
        Content = content.Count == 0 ? EValue.One : content.Min(static test => test.Value);
        Corroboration = EValueCombination.Product(sides.Select(Half).ToArray());
        Combined = EValueCombination.Product([Content, Corroboration]);
    }

    /// <summary>No test at all: 1.</summary>
    public static CombinedEvidence None { get; } = new([], []);

    /// <summary>The weakest test of content.</summary>
    public EValue Content { get; }

    /// <summary>The other sides together.</summary>
    public EValue Corroboration { get; }

    /// <summary>All evidence against independent accounts.</summary>
    public EValue Combined { get; }

    /// <summary>What would stand if the tests that a reason tells of had said nothing.</summary>
    /// <param name="kind">The reason's kind of evidence.</param>
    /// <param name="code">Its code.</param>
    public CombinedEvidence Without(EvidenceKind kind, string code)
    {
        return new(Silenced(_content), [.. _sides.Select(Silenced)]);

        IReadOnlyList<EvidenceValue> Silenced(IReadOnlyList<EvidenceValue> tests) =>
            [.. tests.Select(test => test.IsToldBy(kind, code) ? test with { Value = EValue.One } : test)];
    }

    /// <summary>A bet of half the stake on the mean of a side.</summary>
    private static EValue Half(IReadOnlyList<EvidenceValue> side)
    {
        var mean = side.Count == 0 ? EValue.One : EValueCombination.Mean(side.Select(static test => test.Value).ToArray());
        return mean.Log10 > 300 ? mean : EValue.FromValue((1 + mean.Value) / 2);
    }
}
