namespace Stillwatch.Benchmarks.Provenance.Laboratory;

/// <summary>
/// Watermark neutralisation (Pan et al. 2025): a student is pushed away from what training raised after frequent prefixes, here of no and
/// of one token. The key under which the published code looks up longer prefixes, so that it never finds one, is set right.
/// </summary>
internal static class Neutralization
{
    private const double Strength = 2.5;
    private const int Top = 50;
    private const double LeastFrequency = 5e-5;
    private const double Decay = 0.3;

    public static BigramModel Apply(BigramModel before, BigramModel after, ReadOnlySpan<int> training)
    {
        var frequency = new double[after.Vocabulary];
        foreach (var token in training)
        {
            frequency[token] += 1.0 / training.Length;
        }

        var highest = Math.Log(frequency.Max());
        var whole = Raised(Average(before, frequency), Average(after, frequency));
        return after.Changed((context, row) =>
        {
            var weight = frequency[context] > LeastFrequency ? Math.Pow(Math.Log(frequency[context]) / highest, -Decay) : 0;
            var raised = Raised(before.Row(context), row);
            return [.. row.Select((p, token) => p * Math.Exp(-Strength * (whole[token] + weight * raised[token])))];
        });
    }

    /// <summary>The next token's probabilities, averaged over contexts as frequent as in training.</summary>
    private static double[] Average(BigramModel model, double[] frequency)
    {
        var mean = new double[model.Vocabulary];
        for (var context = 0; context < frequency.Length; context++)
        {
            for (var token = 0; token < mean.Length; token++)
            {
                mean[token] += frequency[context] * model.Row(context)[token];
            }
        }

        return mean;
    }

    /// <summary>0.5 min(after / before, 2) for those of the fifty likeliest tokens that became likelier.</summary>
    private static double[] Raised(double[] before, double[] after)
    {
        var raised = new double[after.Length];
        foreach (var token in Enumerable.Range(0, after.Length).OrderByDescending(token => after[token]).Take(Top))
        {
            raised[token] = after[token] > before[token] ? 0.5 * Math.Min(after[token] / before[token], 2) : 0;
        }

        return raised;
    }
}
