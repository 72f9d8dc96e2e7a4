namespace Stillwatch.Benchmarks.Detection.Windows.Rivals;

/// <summary>The probability that a word stands where its author put it, from the word and the pairs it makes with its neighbours.</summary>
internal sealed class TokenDiscriminator
{
    private const int Weights = 1 << 18;
    private const int FeaturesAToken = 4;
    private const double LearningRate = 0.1;
    private const double InitialSquare = 1e-6;

    private readonly double[] _weights = new double[Weights];
    private readonly double[] _squares = new double[Weights];

    public void Learn(ulong[] text, int at, bool original)
    {
        Span<int> features = stackalloc int[FeaturesAToken];
        Features(text, at, features);
        var slope = Probability(features) - (original ? 1 : 0);
        foreach (var feature in features)
        {
            _squares[feature] += slope * slope;
            _weights[feature] -= LearningRate * slope / Math.Sqrt(_squares[feature] + InitialSquare);
        }
    }

    /// <summary>1 - the mean probability of being original over the words of a text; 0 if it has none.</summary>
    public double Anomaly(ulong[] text)
    {
        Span<int> features = stackalloc int[FeaturesAToken];
        var sum = 0.0;
        for (var i = 0; i < text.Length; i++)
        {
            Features(text, i, features);
            sum += 1 - Probability(features);
        }

        return text.Length == 0 ? 0 : sum / text.Length;
    }

    private double Probability(ReadOnlySpan<int> features)
    {
        var sum = 0.0;
        foreach (var feature in features)
        {
            sum += _weights[feature];
        }

        return 1 / (1 + Math.Exp(-sum));
    }

    private static void Features(ulong[] text, int at, Span<int> features)
    {
        features[0] = 0;
        features[1] = Bucket(text[at], 1);
        features[2] = Bucket(text[at] * 3 ^ (at == 0 ? 0 : text[at - 1]), 2);
        features[3] = Bucket(text[at] * 5 ^ (at + 1 == text.Length ? 0 : text[at + 1]), 3);
    }

    /// <summary>A weight other than the first, which is the constant's.</summary>
    private static int Bucket(ulong hash, ulong kind)
    {
        hash = (hash + kind) * 0x9e3779b97f4a7c15;
        return 1 + (int)((hash ^ (hash >> 32)) % (Weights - 1));
    }
}
