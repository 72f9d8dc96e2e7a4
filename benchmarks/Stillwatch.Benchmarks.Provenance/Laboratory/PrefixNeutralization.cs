using Stillwatch.Provenance.Lineage;

namespace Stillwatch.Benchmarks.Provenance.Laboratory;

/// <summary>
/// Watermark neutralisation (Pan et al., "Can LLM watermarks robustly prevent unauthorized knowledge distillation?", ACL 2025) with
/// prefixes of no, one and two tokens: a student is pushed away from what training raised after them. Who attacks needs no key.
/// </summary>
/// <remarks>
/// The published code looks prefixes of two tokens up under a name that it never stored; <paramref name="twoTokens"/> set is the attack as
/// the paper says it, not set as that code runs it.
/// </remarks>
internal sealed class PrefixNeutralization(
    IReferenceModel before, IReferenceModel after, int width, int[] training, bool twoTokens) : IReferenceModel
{
    private const double Strength = 2.5;
    private const int Top = 50;
    private const double LeastFrequency = 5e-5;
    private const double Decay = 0.3;
    private const int MostContexts = 1000;

    private readonly double[] _whole = Raised(before, after, Places(training, width, static _ => 0L).Values.Single());

    private readonly Dictionary<long, double[]> _last = Prefixes(before, after, training, width, static context => context[^1]);

    private readonly Dictionary<long, double[]> _pair = twoTokens && width == 2
        ? Prefixes(before, after, training, width, context => NgramStudent.KeyOf(context, after.Vocabulary))
        : [];

    public int Vocabulary => after.Vocabulary;

    public void Fill(ReadOnlySpan<int> context, Span<double> probabilities)
    {
        after.Fill(context, probabilities);
        var last = _last.GetValueOrDefault(context[^1]);
        var pair = width == 2 ? _pair.GetValueOrDefault(NgramStudent.KeyOf(context[^2..], Vocabulary)) : null;
        var total = 0.0;
        for (var token = 0; token < probabilities.Length; token++)
        {
            probabilities[token] *= Math.Exp(-Strength * (_whole[token] + (last?[token] ?? 0) + (pair?[token] ?? 0)));
            total += probabilities[token];
        }

        for (var token = 0; token < probabilities.Length; token++)
        {
            probabilities[token] /= total;
        }
    }

    /// <summary>What is raised after each frequent prefix, times the prefix's weight.</summary>
    private static Dictionary<long, double[]> Prefixes(
        IReferenceModel before, IReferenceModel after, int[] training, int width, PrefixOf prefix)
    {
        var places = Places(training, width, prefix).Where(entry => entry.Value.Count > LeastFrequency * training.Length).ToList();
        var highest = Math.Log((double)places.Max(static entry => entry.Value.Count) / training.Length);
        return places.ToDictionary(
            static entry => entry.Key,
            entry =>
            {
                var weight = Math.Pow(Math.Log((double)entry.Value.Count / training.Length) / highest, -Decay);
                return Raised(before, after, entry.Value).Select(raised => weight * raised).ToArray();
            });
    }

    private delegate long PrefixOf(ReadOnlySpan<int> context);

    private static Dictionary<long, Contexts> Places(int[] training, int width, PrefixOf prefix)
    {
        var places = new Dictionary<long, Contexts>();
        for (var i = width; i < training.Length; i++)
        {
            var context = training[(i - width)..i];
            var key = prefix(context);
            (places.TryGetValue(key, out var known) ? known : places[key] = new()).Add(context);
        }

        return places;
    }

    /// <summary>0.5 min(after / before, 2) of averages, for those of the fifty likeliest tokens that became likelier.</summary>
    private static double[] Raised(IReferenceModel before, IReferenceModel after, Contexts contexts)
    {
        var (start, end) = (Average(before, contexts.Kept), Average(after, contexts.Kept));
        var raised = new double[end.Length];
        foreach (var token in Enumerable.Range(0, end.Length).OrderByDescending(token => end[token]).Take(Top))
        {
            raised[token] = end[token] > start[token] ? 0.5 * Math.Min(end[token] / start[token], 2) : 0;
        }

        return raised;
    }

    private static double[] Average(IReferenceModel model, List<(int[] Context, int Count)> contexts)
    {
        var (mean, row) = (new double[model.Vocabulary], new double[model.Vocabulary]);
        foreach (var (context, count) in contexts)
        {
            model.Fill(context, row);
            for (var token = 0; token < row.Length; token++)
            {
                mean[token] += count * row[token];
            }
        }

        return mean;
    }

    /// <summary>The first contexts that end in a prefix, equal ones together.</summary>
    private sealed class Contexts
    {
        private readonly Dictionary<(int, int), int> _counts = [];

        public int Count { get; private set; }

        public List<(int[] Context, int Count)> Kept => [.. _counts.Select(static entry => (ContextOf(entry.Key), entry.Value))];

        public void Add(int[] context)
        {
            if (Count++ < MostContexts)
            {
                var key = context is [var before, var last] ? (before, last) : (-1, context[0]);
                _counts[key] = _counts.GetValueOrDefault(key) + 1;
            }
        }

        private static int[] ContextOf((int Before, int Last) key) => key.Before < 0 ? [key.Last] : [key.Before, key.Last];
    }
}
