namespace Stillwatch.Benchmarks.Detection.Windows.Features;

/// <summary>
/// All queries of a pair under one reference: the benign ones first, then the attacker's. Everything that compares queries is computed
/// once; a detector looks only at the queries it is given.
/// </summary>
internal sealed class EmbeddedQueries
{
    private readonly Lazy<SquareMatrix> _nGramCosines;

    public EmbeddedQueries(IReadOnlyList<SparseQuery> queries, ReadOnlySpan<int> reference)
    {
        Queries = queries;
        Rarity = new(queries, reference);
        Vectors = new(queries.Count, SignedProjection.Dimensions);
        Parallel.For(0, queries.Count, query => SignedProjection.Embed(queries[query], Rarity, Vectors[query]));
        Cosines = SquareMatrix.Of(Count, (left, right) => DenseVector.Dot(Vectors[left], Vectors[right]));
        _nGramCosines = new(() => Features.NGramCosines.Between(Queries, Rarity));
    }

    public int Count => Queries.Count;

    public IReadOnlyList<SparseQuery> Queries { get; }

    public InverseDocumentFrequency Rarity { get; }

    /// <summary>The embeddings, of unit length.</summary>
    public QueryVectors Vectors { get; }

    /// <summary>The cosines of the embeddings.</summary>
    public SquareMatrix Cosines { get; }

    /// <summary>The cosines before the projection, computed when first asked for.</summary>
    public SquareMatrix NGramCosines => _nGramCosines.Value;
}
