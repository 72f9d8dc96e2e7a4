namespace Stillwatch.Benchmarks.Detection.Windows.Contamination;

/// <summary>The kinds of evidence that <see cref="ContaminationDetector"/> may use.</summary>
[Flags]
internal enum EvidenceKinds
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Single queries far from the reference in the embedding.</summary>
    EmbeddingTails = 1,

    /// <summary>A shifted mean of the embeddings.</summary>
    EmbeddingShift = 2,

    /// <summary>Narrow groups in the embedding.</summary>
    EmbeddingNeighbours = 4,

    /// <summary>Single queries that are improbable, or written unlike the reference.</summary>
    TextTails = 8,

    /// <summary>A shifted mean of what <see cref="TextTails"/> looks at.</summary>
    TextShift = 16,

    /// <summary>N-grams in excess.</summary>
    NGrams = 32,

    /// <summary>Narrow groups by the n-grams before the projection.</summary>
    NGramNeighbours = 64,

    /// <summary>What the embedding shows, which is all that the published methods see.</summary>
    Embedding = EmbeddingTails | EmbeddingShift | EmbeddingNeighbours,

    /// <summary>What the detector uses: all but the groups in the embedding, which those by n-grams replace.</summary>
    All = EmbeddingTails | EmbeddingShift | NGramNeighbours | TextTails | TextShift | NGrams,
}
