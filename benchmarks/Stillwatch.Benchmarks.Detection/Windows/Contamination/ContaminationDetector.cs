using Stillwatch.Benchmarks.Detection.Windows.Features;

namespace Stillwatch.Benchmarks.Detection.Windows.Contamination;

/// <summary>
/// Stillwatch's detector of a minority of foreign queries in a window: several kinds of evidence, each powerful against another kind of
/// attack, under one exact level.
/// </summary>
/// <remarks>
/// Evidence: extreme single queries (<see cref="TailEvidence"/>), n-grams in excess (<see cref="NGramEvidence"/>), narrow groups
/// (<see cref="NeighbourEvidence"/>), a shifted mean (<see cref="MeanShiftEvidence"/>). Combined by <see cref="SmallestPValueTest"/>.
/// </remarks>
/// <param name="name">The name in the tables.</param>
/// <param name="level">The level of the test.</param>
/// <param name="kinds">The evidence that is used.</param>
internal sealed class ContaminationDetector(string name, double level, EvidenceKinds kinds) : IWindowDetector
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public double Level => level;

    /// <inheritdoc/>
    public IWindowTest Fit(WindowSetting setting) =>
        new SmallestPValueTest([.. Evidence(setting, kinds).Select(static kind => kind.Evidence)], setting.Calibration);

    /// <summary>The evidence of some kinds, fitted; one entry a kind.</summary>
    public static IReadOnlyList<(EvidenceKinds Kind, IEvidence Evidence)> Evidence(WindowSetting setting, EvidenceKinds kinds)
    {
        var pool = new TailTable(setting.Calibration.Length + setting.WindowSize, setting.WindowSize);
        (EvidenceKinds Kind, Func<IEvidence> Evidence)[] all =
        [
            .. OfEmbedding(setting, pool),
            .. OfText(setting, pool),
            (EvidenceKinds.EmbeddingNeighbours, () => new NeighbourEvidence(setting.Queries.Cosines, pool)),
            (EvidenceKinds.NGramNeighbours, () => new NeighbourEvidence(setting.Queries.NGramCosines, pool)),
            (EvidenceKinds.NGrams, () =>
                new NGramEvidence(setting.Queries.Queries, setting.Reference, setting.Calibration.Length, setting.WindowSize)),
        ];
        return [.. all.Where(evidence => kinds.HasFlag(evidence.Kind)).Select(static evidence => (evidence.Kind, evidence.Evidence()))];
    }

    private static IEnumerable<(EvidenceKinds Kind, Func<IEvidence> Evidence)> OfEmbedding(WindowSetting setting, TailTable pool)
    {
        var (queries, reference) = (setting.Queries, setting.Reference);
        var white = new Lazy<QueryVectors>(() => Whitening.WithShrinkage(queries.Vectors, reference).Apply(queries.Vectors));
        yield return (EvidenceKinds.EmbeddingTails, () =>
            Tails([QueryChannels.Nearness(queries.Cosines, reference), white.Value.SquaredLengths()], pool));
        yield return (EvidenceKinds.EmbeddingShift, () => new MeanShiftEvidence(white.Value));
    }

    private static IEnumerable<(EvidenceKinds Kind, Func<IEvidence> Evidence)> OfText(WindowSetting setting, TailTable pool)
    {
        var channels = QueryChannels.OfText(setting.Queries);
        var white = QueryChannels.Whitened(channels, setting.Reference);
        yield return (EvidenceKinds.TextTails, () => Tails([.. channels, white.SquaredLengths()], pool));
        yield return (EvidenceKinds.TextShift, () => new MeanShiftEvidence(white));
    }

    private static EvidenceFamily Tails(IEnumerable<double[]> channels, TailTable pool) =>
        new([.. channels.Select(channel => new TailEvidence(channel, pool))]);
}
