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

    private const int PartTexts = 256;

    private static readonly string[] References = ["own model", "twin", "pool"];

    private readonly TransformerLaboratory _laboratory;
    private readonly TransformerStudent _student;
    private readonly TransformerModel[] _references;
    private readonly LogarithmicPool _pool = new(3);
    private bool _isFitted;
    private readonly IReferenceModel _counted;
    private readonly RadioactivityTest _said;
    private readonly RadioactivityTest _read;
    private readonly ContextCounts _counts = new(1);
    private readonly ContextResiduals[] _closed = [new(1), new(1), new(1)];
    private readonly ContextResiduals[] _open = [new(1), new(1), new(1)];
    private readonly Dictionary<int, ContextMeans> _means = [];

    /// <param name="laboratory">Reads for it.</param>
    /// <param name="student">The suspect.</param>
    /// <param name="twin">A student of the same kind that no marked text went into.</param>
    public TransformerSuspect(TransformerLaboratory laboratory, TransformerStudent student, TransformerStudent twin)
    {
        (_laboratory, _student, _references) = (laboratory, student, [laboratory.Teacher, twin.Model, laboratory.Base]);
        (_said, _read) = (new(student.Bits), new(student.Bits));
        _counted = new CountedReference(twin.Said, 1, student.Model.Vocabulary);
    }

    /// <summary>Takes in some of what it said; the pool's weights follow from the first part.</summary>
    public void Add(int[][] texts)
    {
        foreach (var part in texts.Chunk(PartTexts))
        {
            AddPart(part);
        }
    }

    private void AddPart(int[][] texts)
    {
        var (length, likeliest) = (texts[0].Length, texts.Select(static text => new int[text.Length]).ToArray());
        var own = Rows(_student.Model, texts);
        for (var text = 0; text < texts.Length; text++)
        {
            _said.AddCompletion([], texts[text]);
            _counts.Add([], texts[text]);
            for (var place = 1; place < length; place++)
            {
                var row = own[(text * length) + place];
                likeliest[text][place - 1] = Array.IndexOf(row, row.Max());
            }

            _read.AddReading(texts[text].AsSpan(..^1), likeliest[text].AsSpan(..^1));
        }

        var expected = _references.Select(model => Rows(model, texts)).ToArray();
        Fit(texts, expected);
        for (var text = 0; text < texts.Length; text++)
        {
            for (var place = 1; place < length; place++)
            {
                var at = (text * length) + place;
                Compare(texts[text][place - 1], texts[text][place], own[at], [.. expected.Select(rows => rows[at])]);
            }
        }
    }

    private double[][] Rows(TransformerModel model, int[][] texts)
    {
        var rows = new double[texts.Length * texts[0].Length][];
        _laboratory.Read(model, texts, (text, place, row) => rows[(text * texts[0].Length) + place] = (double[])row.Clone());
        return rows;
    }

    private void Fit(int[][] texts, double[][][] expected)
    {
        if (_isFitted)
        {
            return;
        }

        var length = texts[0].Length;
        for (var at = 1; at < expected[0].Length; at += Math.Max(1, expected[0].Length / LogarithmicPool.MostPlaces))
        {
            double[][] rows = [.. expected.Select(reference => reference[at])];
            var said = new double[rows[0].Length];
            said[texts[at / length][at % length]] = 1;
            _pool.Add(rows, said);
        }

        _pool.Fit();
        _isFitted = true;
    }

    /// <summary>All models at one place.</summary>
    private void Compare(int context, int said, double[] own, double[][] expected)
    {
        var pool = new double[own.Length];
        for (var i = 0; i < References.Length - 1; i++)
        {
            _closed[i].Add([context], said, expected[i]);
            _open[i].Add([context], own, expected[i]);
        }

        _pool.Combine(expected, pool);
        _closed[^1].Add([context], said, pool);
        _open[^1].Add([context], own, pool);
        var means = _means.TryGetValue(context, out var known) ? known : _means[context] = new(own.Length);
        means.Add(own, expected[1]);
    }

    /// <summary>Decimal logarithms of the p-values, by name.</summary>
    public IEnumerable<(string Name, double Log10)> Test()
    {
        yield return (Published, _said.Result().Test.Log10);
        var standardized = WeightedPairs.Of(_counts, Weighting.StandardizedCount, _counted).Test(_student.Bits);
        yield return ("closed: standardised counts, twin's words", standardized.Evidence.ToPValue().Log10);
        var closed = _closed.Select(residuals => residuals.Evidence(_student.Bits)).ToArray();
        for (var i = 0; i < References.Length; i++)
        {
            yield return ($"closed: residuals, {References[i]}", closed[i].ToPValue().Log10);
        }

        yield return (Closed, EValueCombination.Mean([standardized.Evidence, closed[^1]]).ToPValue().Log10);
        yield return (PublishedOpen, _read.Result().Test.Log10);
        yield return ("open, rival: green mass, Hoeffding", GreenMass().Log10);
        var means = OfMeans();
        yield return ("open: difference and log-ratio of means, twin", means.ToPValue().Log10);
        var open = _open.Select(residuals => residuals.Evidence(_student.Bits)).ToArray();
        for (var i = 0; i < References.Length; i++)
        {
            yield return ($"open: residuals, {References[i]}", open[i].ToPValue().Log10);
        }

        yield return (Open, EValueCombination.Mean([means, open[^1]]).ToPValue().Log10);
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
