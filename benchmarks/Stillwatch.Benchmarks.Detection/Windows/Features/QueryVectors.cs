namespace Stillwatch.Benchmarks.Detection.Windows.Features;

/// <summary>One vector a query, in one piece of memory.</summary>
internal sealed class QueryVectors(int count, int dimensions)
{
    private readonly float[] _cells = new float[count * dimensions];

    public int Count => count;

    public int Dimensions => dimensions;

    public Span<float> this[int query] => _cells.AsSpan(query * dimensions, dimensions);

    /// <summary>The squared Euclidean length of each vector.</summary>
    public double[] SquaredLengths()
    {
        var squares = new double[count];
        for (var query = 0; query < count; query++)
        {
            squares[query] = DenseVector.Dot(this[query], this[query]);
        }

        return squares;
    }

    /// <summary>The vectors that a function gives.</summary>
    public static QueryVectors Of(int count, int dimensions, Func<int, IEnumerable<double>> vector)
    {
        var vectors = new QueryVectors(count, dimensions);
        for (var query = 0; query < count; query++)
        {
            var d = 0;
            foreach (var value in vector(query))
            {
                vectors[query][d++] = (float)value;
            }
        }

        return vectors;
    }
}
