using Stillwatch.Provenance.Lineage;
using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Provenance.Laboratory;

/// <summary>A bigram model over words: teacher or student of the laboratory.</summary>
internal sealed class BigramModel : IReferenceModel
{
    private readonly double[][] _rows;
    private readonly double[]?[] _cumulative;

    public BigramModel(double[][] rows) => (_rows, _cumulative) = (rows, new double[]?[rows.Length]);

    public int Vocabulary => _rows.Length;

    public double[] Row(int context) => _rows[context];

    public void Fill(ReadOnlySpan<int> context, Span<double> probabilities) => _rows[context[^1]].CopyTo(probabilities);

    /// <summary>Bigram counts of a text, smoothed by a weight of its single words.</summary>
    public static BigramModel OfText(ReadOnlySpan<int> words, int vocabulary, double smoothing)
    {
        var single = new double[vocabulary];
        foreach (var word in words)
        {
            single[word] += 1.0 / words.Length;
        }

        return Trained(words, context => [.. single.Select(p => smoothing * p)], vocabulary);
    }

    /// <summary>A student: what it held before, worth so many tokens a context, and the counts of what it was trained on.</summary>
    public static BigramModel Student(ReadOnlySpan<int> training, BigramModel start, double strength) =>
        Trained(training, context => [.. start._rows[context].Select(p => strength * p)], start.Vocabulary);

    /// <summary>Every row changed.</summary>
    public BigramModel Changed(Func<int, double[], double[]> change) =>
        new([.. Enumerable.Range(0, Vocabulary).Select(context => Normalized(change(context, [.. _rows[context]])))]);

    /// <summary>The model with a mark on all it says.</summary>
    public BigramModel Marked(KeyedGreenBits bits, MarkStrength strength) => Changed((context, row) =>
    {
        var words = new ulong[KeyedGreenBits.WordsFor(row.Length)];
        bits.Fill([context], words);
        strength.Apply(row, token => ((words[token >> 6] >> token) & 1) != 0);
        return row;
    });

    /// <summary>A text of so many tokens.</summary>
    public int[] Write(int length, ref SeededGenerator generator)
    {
        var tokens = new int[length];
        for (var i = 1; i < length; i++)
        {
            var cumulative = _cumulative[tokens[i - 1]] ??= Cumulative(_rows[tokens[i - 1]]);
            var place = Array.BinarySearch(cumulative, generator.NextDouble());
            tokens[i] = Math.Min(place < 0 ? ~place : place + 1, Vocabulary - 1);
        }

        return tokens;
    }

    /// <summary>Perplexity of a text under the model.</summary>
    public double Perplexity(ReadOnlySpan<int> tokens)
    {
        var sum = 0.0;
        for (var i = 1; i < tokens.Length; i++)
        {
            sum -= Math.Log(_rows[tokens[i - 1]][tokens[i]]);
        }

        return Math.Exp(sum / (tokens.Length - 1));
    }

    private static BigramModel Trained(ReadOnlySpan<int> tokens, Func<int, double[]> start, int vocabulary)
    {
        var rows = Enumerable.Range(0, vocabulary).Select(start).ToArray();
        for (var i = 1; i < tokens.Length; i++)
        {
            rows[tokens[i - 1]][tokens[i]]++;
        }

        return new([.. rows.Select(Normalized)]);
    }

    private static double[] Normalized(double[] row)
    {
        var total = row.Sum();
        for (var token = 0; token < row.Length; token++)
        {
            row[token] /= total;
        }

        return row;
    }

    private static double[] Cumulative(double[] row)
    {
        var sum = 0.0;
        return [.. row.Select(p => sum += p)];
    }
}
