namespace Stillwatch.Benchmarks.Detection.Windows.Features;

/// <summary>
/// All queries of a pair under one reference: the benign ones first, then the attacker's. Everything that compares queries is computed
/// once; a detector looks only at the queries it is given.
/// </summary>
internal sealed class EmbeddedQueries
{
    public EmbeddedQueries(IReadOnlyList<SparseQuery> queries, ReadOnlySpan<int> reference)
    {
        Queries = queries;
        Rarity = new(queries, reference);
        Vectors = new(queries.Count, SignedProjection.Dimensions);
        Parallel.For(0, queries.Count, query => SignedProjection.Embed(queries[query], Rarity, Vectors[query]));
        Cosines = SquareMatrix.Of(Count, (left, right) => DenseVector.Dot(Vectors[left], Vectors[right]));
    }

    public int Count => Queries.Count;

    public IReadOnlyList<SparseQuery> Queries { get; }

    public InverseDocumentFrequency Rarity { get; }

    /// <summary>The embeddings, of unit length.</summary>
    public QueryVectors Vectors { get; }

    public SquareMatrix Cosines { get; }
}
