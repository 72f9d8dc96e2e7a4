using Stillwatch.Provenance.Lineage;
using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Tests.Lineage;

/// <summary>A first-order Markov model: a teacher, or a student trained on counts of what a teacher said.</summary>
internal sealed class MarkovModel(double[][] rows) : IReferenceModel
{
    public int Vocabulary => rows.Length;

    public double[] Row(int token) => rows[token];

    public void Fill(ReadOnlySpan<int> context, Span<double> probabilities) => rows[context[^1]].CopyTo(probabilities);

    /// <summary>Rows of Zipf's weights in an order of their own.</summary>
    public static MarkovModel Draw(int vocabulary, ulong seed)
    {
        var generator = new SeededGenerator(seed);
        var rows = new double[vocabulary][];
        for (var row = 0; row < vocabulary; row++)
        {
            rows[row] = [.. Enumerable.Range(1, vocabulary).Select(rank => 1.0 / rank)];
            generator.Shuffle<double>(rows[row]);
            Normalize(rows[row]);
        }

        return new(rows);
    }

    /// <summary>Counts of a text on top of a base of so many tokens a context.</summary>
    public static MarkovModel Train(ReadOnlySpan<int> tokens, MarkovModel start, double strength)
    {
        var rows = Enumerable.Range(0, start.Vocabulary).Select(row => start.Row(row).Select(p => p * strength).ToArray()).ToArray();
        for (var i = 1; i < tokens.Length; i++)
        {
            rows[tokens[i - 1]][tokens[i]]++;
        }

        foreach (var row in rows)
        {
            Normalize(row);
        }

        return new(rows);
    }

    /// <summary>A text; each token marked with the given probability.</summary>
    public int[] Write(int length, ulong seed, KeyedGreenBits? bits = null, double markedShare = 1)
    {
        var generator = new SeededGenerator(seed);
        var tokens = new int[length];
        for (var i = 1; i < length; i++)
        {
            var row = rows[tokens[i - 1]];
            var marked = bits is not null && generator.NextDouble() < markedShare;
            tokens[i] = Draw(marked ? Marked(row, tokens[i - 1], bits!) : row, ref generator);
        }

        return tokens;
    }

    private static double[] Marked(double[] row, int context, KeyedGreenBits bits)
    {
        var marked = row.Select((p, token) => p * (bits.IsGreen([context], token) ? Math.E : 1)).ToArray();
        Normalize(marked);
        return marked;
    }

    private static int Draw(double[] row, ref SeededGenerator generator)
    {
        var left = generator.NextDouble();
        var token = 0;
        while (token < row.Length - 1 && (left -= row[token]) >= 0)
        {
            token++;
        }

        return token;
    }

    private static void Normalize(double[] row)
    {
        var total = row.Sum();
        for (var i = 0; i < row.Length; i++)
        {
            row[i] /= total;
        }
    }
}
