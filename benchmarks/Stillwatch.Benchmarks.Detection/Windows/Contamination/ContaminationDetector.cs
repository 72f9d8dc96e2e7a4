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
    /// <summary>Added to the variance of each number of the text, so that one that never varies is no division by zero.</summary>
    private const double Ridge = 1e-9;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public double Level => level;

    /// <inheritdoc/>
    public IWindowTest Fit(WindowSetting setting)
    {
        var pool = new TailTable(setting.Calibration.Length + setting.WindowSize, setting.WindowSize);
        IEnumerable<IEvidence> evidence = [.. OfEmbedding(setting, pool), .. OfText(setting, pool)];
        return new SmallestPValueTest([.. evidence], setting.Calibration);
    }

    private IEnumerable<IEvidence> OfEmbedding(WindowSetting setting, TailTable pool)
    {
        var (queries, reference) = (setting.Queries, setting.Reference);
        if ((kinds & (EvidenceKinds.EmbeddingTails | EvidenceKinds.EmbeddingShift)) != 0)
        {
            var white = Whitening.WithShrinkage(queries.Vectors, reference).Apply(queries.Vectors);
            IEvidence[] tails =
            [
                new TailEvidence(QueryChannels.Nearness(queries.Cosines, reference), pool),
                new TailEvidence(white.SquaredLengths(), pool),
            ];
            foreach (var evidence in Of(tails, new MeanShiftEvidence(white), EvidenceKinds.EmbeddingTails, EvidenceKinds.EmbeddingShift))
            {
                yield return evidence;
            }
        }

        if (kinds.HasFlag(EvidenceKinds.Neighbours))
        {
            yield return new NeighbourEvidence(queries.Cosines, pool);
        }
    }

    private IEnumerable<IEvidence> OfText(WindowSetting setting, TailTable pool)
    {
        var (queries, reference) = (setting.Queries, setting.Reference);
        var channels = QueryChannels.OfText(queries);
        var profiles = QueryVectors.Of(queries.Count, channels.Length, query => channels.Select(channel => channel[query]));
        var white = Whitening.WithRidge(profiles, reference, Ridge).Apply(profiles);
        IEvidence[] tails = [.. channels.Append(white.SquaredLengths()).Select(channel => new TailEvidence(channel, pool))];
        foreach (var evidence in Of(tails, new MeanShiftEvidence(white), EvidenceKinds.TextTails, EvidenceKinds.TextShift))
        {
            yield return evidence;
        }

        if (kinds.HasFlag(EvidenceKinds.NGrams))
        {
            yield return new NGramEvidence(queries.Queries, reference, setting.Calibration.Length, setting.WindowSize);
        }
    }

    private IEnumerable<IEvidence> Of(IEvidence[] tails, MeanShiftEvidence shift, EvidenceKinds ofTails, EvidenceKinds ofShift) =>
        [.. kinds.HasFlag(ofTails) ? tails : [], .. kinds.HasFlag(ofShift) ? [shift] : Array.Empty<IEvidence>()];
}
