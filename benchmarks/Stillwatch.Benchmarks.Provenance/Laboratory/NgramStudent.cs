using Stillwatch.Provenance.Lineage;
using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Provenance.Laboratory;

/// <summary>
/// Counts of what followed contexts of one or two tokens, on top of what a prior says, which is worth so many tokens a context: a
/// teacher on a text, or a student on a teacher's outputs. A mark may lie on all it says.
/// </summary>
internal sealed class NgramStudent(IReferenceModel prior, int width, double strength, ReadOnlySpan<int> training) : IReferenceModel
{
    private readonly Dictionary<long, Dictionary<int, int>> _followers = Count(training, width, prior.Vocabulary);

    public int Vocabulary => prior.Vocabulary;

    /// <summary>Contexts that the training came to.</summary>
    public int Contexts => _followers.Count;

    public void Fill(ReadOnlySpan<int> context, Span<double> probabilities)
    {
        prior.Fill(context, probabilities);
        if (!_followers.TryGetValue(KeyOf(context[^width..], Vocabulary), out var followers))
        {
            return;
        }

        var total = followers.Values.Sum() + strength;
        for (var token = 0; token < probabilities.Length; token++)
        {
            probabilities[token] *= strength / total;
        }

        foreach (var (token, count) in followers)
        {
            probabilities[token] += count / total;
        }
    }

    /// <summary>A text that some model says.</summary>
    /// <param name="model">The model.</param>
    /// <param name="width">Tokens of its contexts.</param>
    /// <param name="length">Tokens.</param>
    /// <param name="generator">Draws.</param>
    /// <param name="bits">The colours of a mark on it; null for none.</param>
    public static int[] Write(IReferenceModel model, int width, int length, ref SeededGenerator generator, KeyedGreenBits? bits = null)
    {
        var (tokens, row) = (new int[length], new double[model.Vocabulary]);
        var words = new ulong[KeyedGreenBits.WordsFor(row.Length)];
        for (var i = width; i < length; i++)
        {
            var context = tokens.AsSpan((i - width)..i);
            model.Fill(context, row);
            if (bits is not null)
            {
                bits.Fill(context, words);
                MarkStrength.Biased(1).Apply(row, token => ((words[token >> 6] >> token) & 1) != 0);
            }

            tokens[i] = Draw(row, generator.NextDouble() * row.Sum());
        }

        return tokens;
    }

    /// <summary>One number for a context of one or two tokens.</summary>
    public static long KeyOf(ReadOnlySpan<int> context, int vocabulary) =>
        context is [var before, var last] ? ((before + 1L) * vocabulary) + last : context[0];

    private static int Draw(double[] row, double left)
    {
        var token = 0;
        while (token < row.Length - 1 && (left -= row[token]) >= 0)
        {
            token++;
        }

        return token;
    }

    private static Dictionary<long, Dictionary<int, int>> Count(ReadOnlySpan<int> tokens, int width, int vocabulary)
    {
        var all = new Dictionary<long, Dictionary<int, int>>();
        for (var i = width; i < tokens.Length; i++)
        {
            var key = KeyOf(tokens[(i - width)..i], vocabulary);
            var followers = all.TryGetValue(key, out var known) ? known : all[key] = [];
            followers[tokens[i]] = followers.GetValueOrDefault(tokens[i]) + 1;
        }

        return all;
    }
}
