using Stillwatch.Benchmarks.Provenance.Laboratory;
using Stillwatch.Provenance.Laboratory;
using Stillwatch.Provenance.Lineage;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Provenance.Power;

/// <summary>Every statistic on what a transformer said (closed), and on its probabilities at the same places (open).</summary>
internal sealed class TransformerSuspect
{
    public const string Published = "closed, rival: each pair once, binomial";
    public const string PublishedOpen = "open, rival: likeliest token, each pair once, binomial";
    public const string Closed = "closed: what decides, combined";
    public const string Open = "open: what decides, combined";

    private static readonly string[] References = ["own model", "twin"];

    private readonly TransformerLaboratory _laboratory;
    private readonly TransformerStudent _student;
    private readonly TransformerModel _twin;
    private readonly IReferenceModel _counted;
    private readonly RadioactivityTest _said;
    private readonly RadioactivityTest _read;
    private readonly ContextCounts _counts = new(1);
    private readonly ContextResiduals[] _closed = [new(1), new(1)];
    private readonly ContextResiduals[] _open = [new(1), new(1)];
    private readonly Dictionary<int, ContextMeans> _means = [];

    /// <param name="laboratory">Reads for it.</param>
    /// <param name="student">The suspect.</param>
    /// <param name="twin">A student of the same kind that no marked text went into.</param>
    public TransformerSuspect(TransformerLaboratory laboratory, TransformerStudent student, TransformerStudent twin)
    {
        (_laboratory, _student, _twin) = (laboratory, student, twin.Model);
        (_said, _read) = (new(student.Bits), new(student.Bits));
        _counted = new CountedReference(twin.Said, 1, student.Model.Vocabulary);
    }

    /// <summary>Takes in some of what it said.</summary>
    public void Add(int[][] texts)
    {
        foreach (var text in texts)
        {
            _said.AddCompletion([], text);
            _counts.Add([], text);
        }

        var (length, likeliest) = (texts[0].Length, texts.Select(static text => new int[text.Length]).ToArray());
        var own = new float[texts.Length * length][];
        _laboratory.Read(_student.Model, texts, (text, place, row) =>
        {
            likeliest[text][place] = Array.IndexOf(row, row.Max());
            own[(text * length) + place] = [.. row.Select(static p => (float)p)];
        });
        for (var text = 0; text < texts.Length; text++)
        {
            _read.AddReading(texts[text].AsSpan(..^1), likeliest[text].AsSpan(1));
        }

        foreach (var (model, number) in new[] { (_laboratory.Teacher, 0), (_twin, 1) })
        {
            Compare(texts, own, model, number);
        }
    }

    /// <summary>Decimal logarithms of the p-values, by name.</summary>
    public IEnumerable<(string Name, double Log10)> Test()
    {
        yield return (Published, _said.Result().Test.Log10);
        var count = WeightedPairs.Of(_counts, Weighting.Count).Test(_student.Bits);
        var standardized = WeightedPairs.Of(_counts, Weighting.StandardizedCount, _counted).Test(_student.Bits);
        yield return ("closed: standardised counts", standardized.Test.Log10);
        var closed = _closed.Select(residuals => residuals.Evidence(_student.Bits)).ToArray();
        for (var i = 0; i < References.Length; i++)
        {
            yield return ($"closed: residuals, {References[i]}", closed[i].ToPValue().Log10);
        }

        yield return (Closed, EValueCombination.Mean([count.Evidence, standardized.Evidence, .. closed]).ToPValue().Log10);
        yield return (PublishedOpen, _read.Result().Test.Log10);
        yield return ("open, rival: green mass, Hoeffding", GreenMass().Log10);
        var means = OfMeans();
        yield return ("open: difference and log-ratio of means, twin", means.ToPValue().Log10);
        var open = _open.Select(residuals => residuals.Evidence(_student.Bits)).ToArray();
        for (var i = 0; i < References.Length; i++)
        {
            yield return ($"open: residuals, {References[i]}", open[i].ToPValue().Log10);
        }

        yield return (Open, EValueCombination.Mean([means, .. open]).ToPValue().Log10);
    }

    /// <summary>Both models at the same places; a text's first token follows no context.</summary>
    private void Compare(int[][] texts, float[][] own, TransformerModel model, int number)
    {
        var suspect = new double[model.Vocabulary];
        _laboratory.Read(model, texts, (text, place, expected) =>
        {
            if (place == 0)
            {
                return;
            }

            var (context, row) = (texts[text][place - 1], own[(text * texts[0].Length) + place]);
            for (var token = 0; token < row.Length; token++)
            {
                suspect[token] = row[token];
            }

            _closed[number].Add([context], texts[text][place], expected);
            _open[number].Add([context], suspect, expected);
            if (number == References.Length - 1)
            {
                var means = _means.TryGetValue(context, out var known) ? known : _means[context] = new(row.Length);
                means.Add(suspect, expected);
            }
        });
    }

    /// <summary>The statistic of antidistillation fingerprinting: every context once, whatever it is followed by.</summary>
    private PValue GreenMass()
    {
        var mean = 0.0;
        foreach (var (context, means) in _means)
        {
            for (var token = 0; token < means.Suspect.Length; token++)
            {
                mean += _student.Bits.IsGreen([context], token) ? means.Suspect[token] / means.Count / _means.Count : 0;
            }
        }

        return mean <= 0.5 ? PValue.One : PValue.FromNaturalLog(-2 * _means.Count * (mean - 0.5) * (mean - 0.5));
    }

    /// <summary>Differences and log-ratios of the mean probabilities after each context, beside the twin's.</summary>
    private EValue OfMeans()
    {
        var values = new List<WeightedGreenResult>();
        foreach (var weighting in new[] { Weighting.Difference, Weighting.LogRatio })
        {
            var pairs = new WeightedPairs(1);
            foreach (var (context, means) in _means.OrderBy(static entry => entry.Key))
            {
                var weights = new double[means.Suspect.Length];
                OpenWeights.Fill(
                    weighting, [.. means.Suspect.Select(sum => sum / means.Count)], [.. means.Expected.Select(sum => sum / means.Count)],
                    weights);
                pairs.Add([context], [.. Enumerable.Range(0, weights.Length)], weights);
            }

            values.Add(pairs.Test(_student.Bits));
        }

        return CombinedEvidence.Of(values);
    }

    /// <summary>Sums of probabilities after one context.</summary>
    private sealed class ContextMeans(int vocabulary)
    {
        public double[] Suspect { get; } = new double[vocabulary];

        public double[] Expected { get; } = new double[vocabulary];

        public int Count { get; private set; }

        public void Add(double[] suspect, double[] expected)
        {
            Count++;
            for (var token = 0; token < suspect.Length; token++)
            {
                Suspect[token] += suspect[token];
                Expected[token] += expected[token];
            }
        }
    }
}
