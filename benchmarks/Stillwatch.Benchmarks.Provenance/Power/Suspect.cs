using Stillwatch.Benchmarks.Provenance.Laboratory;
using Stillwatch.Provenance.Lineage;
using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Provenance.Power;

/// <summary>A student under test, and every statistic on it: what it says (closed), or its probabilities (open).</summary>
internal sealed class Suspect(BigramModel model, int[] said, IReferenceModel reference, KeyedGreenBits bits)
{
    private const int OpenContexts = 500;

    /// <summary>Decimal logarithms of the p-values, by name; the published ones first.</summary>
    public IEnumerable<(string Name, double Log10)> Test() => [.. Closed(), .. Open()];

    private IEnumerable<(string Name, double Log10)> Closed()
    {
        var published = new RadioactivityTest(bits);
        published.AddCompletion([], said);
        yield return ("closed: published, each pair once, binomial", published.Result().Test.Log10);
        var counts = new ContextCounts(1);
        counts.Add([], said);
        var byCount = WeightedPairs.Of(counts, Weighting.Count).Test(bits);
        yield return ("closed: counts", byCount.Test.Log10);
        var standardized = WeightedPairs.Of(counts, Weighting.StandardizedCount, reference).Test(bits);
        yield return ("closed: standardised counts", standardized.Test.Log10);
        yield return ("closed: both, combined", CombinedEvidence.Of(byCount, standardized).ToPValue().Log10);
    }

    private IEnumerable<(string Name, double Log10)> Open()
    {
        yield return ("open: published, green mass, Hoeffding", GreenMass().Log10);
        yield return ("open: most likely token, each pair once, binomial", Reading().Log10);
        var difference = Weighted(Weighting.Difference);
        yield return ("open: difference", difference.Test.Log10);
        var logRatio = Weighted(Weighting.LogRatio);
        yield return ("open: log-ratio", logRatio.Test.Log10);
        yield return ("open: both, combined", CombinedEvidence.Of(difference, logRatio).ToPValue().Log10);
    }

    /// <summary>The statistic of antidistillation fingerprinting on the most frequent contexts.</summary>
    private PValue GreenMass()
    {
        var mean = 0.0;
        var contexts = Math.Min(OpenContexts, model.Vocabulary);
        for (var context = 0; context < contexts; context++)
        {
            var row = model.Row(context);
            for (var token = 0; token < row.Length; token++)
            {
                mean += bits.IsGreen([context], token) ? row[token] / contexts : 0;
            }
        }

        return mean <= 0.5 ? PValue.One : PValue.FromNaturalLog(-2 * contexts * (mean - 0.5) * (mean - 0.5));
    }

    private PValue Reading()
    {
        var test = new RadioactivityTest(bits);
        for (var context = 0; context < model.Vocabulary; context++)
        {
            var row = model.Row(context);
            test.AddReading([context], [Array.IndexOf(row, row.Max())]);
        }

        return test.Result().Test;
    }

    private WeightedGreenResult Weighted(Weighting weighting)
    {
        var pairs = new WeightedPairs(1);
        var (tokens, expected) = (Enumerable.Range(0, model.Vocabulary).ToArray(), new double[model.Vocabulary]);
        var weights = new double[model.Vocabulary];
        for (var context = 0; context < model.Vocabulary; context++)
        {
            reference.Fill([context], expected);
            OpenWeights.Fill(weighting, model.Row(context), expected, weights);
            pairs.Add([context], tokens, weights);
        }

        return pairs.Test(bits);
    }
}
