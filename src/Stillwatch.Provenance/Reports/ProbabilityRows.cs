using Stillwatch.Provenance.Lineage;
using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Provenance.Reports;

/// <summary>Next-token probabilities of a suspect after contexts, and the weights that follow from them (open access). Stateless.</summary>
internal static class ProbabilityRows
{
    private const string NoReference = "there is no reference for this context: give --reference-probabilities or --reference";

    /// <summary>Weights of both open weightings; rows whose contexts end alike are added up.</summary>
    /// <exception cref="InvalidDataException">A line is no row, or a context has no reference.</exception>
    public static (WeightedPairs Difference, WeightedPairs LogRatio) Weights(LineageInputs inputs, int width, IReferenceModel? reference)
    {
        var known = inputs.Of(InputRole.ReferenceProbabilities).SelectMany(Read)
            .GroupBy(static row => IdOf(row.Context)).ToDictionary(static row => row.Key, static row => row.First());
        var (difference, logRatio) = (new WeightSums(width), new WeightSums(width));
        var filled = new double[reference?.Vocabulary ?? 0];
        foreach (var row in inputs.Of(InputRole.Probabilities).SelectMany(Read).Where(row => row.Context.Length >= width))
        {
            var (tokens, suspect, expected) = known.TryGetValue(IdOf(row.Context), out var other)
                ? Paired(row, other.Tokens.Zip(other.Values).ToDictionary(static pair => pair.First, static pair => pair.Second))
                : reference is null
                    ? throw InputLines.Fault(row.Input, row.Line, NoReference)
                    : Paired(row, reference, filled);
            var weights = new double[tokens.Length];
            OpenWeights.Fill(Weighting.Difference, suspect, expected, weights);
            difference.Add(row.Context[^width..], tokens, weights);
            OpenWeights.Fill(Weighting.LogRatio, suspect, expected, weights);
            logRatio.Add(row.Context[^width..], tokens, weights);
        }

        return (difference.ToPairs(), logRatio.ToPairs());
    }

    /// <summary>Rows over the whole vocabulary, logits or log-probabilities.</summary>
    public static IEnumerable<double[]> WholeRows(ReportInput input)
    {
        foreach (var (line, row) in InputLines.Objects(input))
        {
            var members = new InputMembers(input, line, row);
            yield return members.Numbers("logits") ?? members.Numbers("logprobs") ?? throw members.Fault("there are no 'logits'");
        }
    }

    private static ulong IdOf(int[] context) => PairIdentity.Of(context, 0).List;

    private static (int[] Tokens, double[] Suspect, double[] Expected) Paired(Row row, Dictionary<int, double> reference)
    {
        var both = Enumerable.Range(0, row.Tokens.Length).Where(i => reference.ContainsKey(row.Tokens[i])).ToArray();
        return (
            [.. both.Select(i => row.Tokens[i])], [.. both.Select(i => row.Values[i])], [.. both.Select(i => reference[row.Tokens[i]])]);
    }

    private static (int[] Tokens, double[] Suspect, double[] Expected) Paired(Row row, IReferenceModel reference, double[] filled)
    {
        reference.Fill(row.Context, filled);
        var both = Enumerable.Range(0, row.Tokens.Length).Where(i => row.Tokens[i] < filled.Length).ToArray();
        return ([.. both.Select(i => row.Tokens[i])], [.. both.Select(i => row.Values[i])], [.. both.Select(i => filled[row.Tokens[i]])]);
    }

    private static IEnumerable<Row> Read(ReportInput input)
    {
        foreach (var (line, row) in InputLines.Objects(input))
        {
            var members = new InputMembers(input, line, row);
            var context = members.Ids("context") ?? throw members.Fault("there is no 'context'");
            var values = members.Numbers("logprobs", orNone: true) ?? throw members.Fault("there are no 'logprobs'");
            var tokens = members.Ids("tokens") ?? [.. Enumerable.Range(0, values.Length)];
            if (tokens.Length != values.Length || tokens.Distinct().Count() != tokens.Length)
            {
                throw members.Fault("'tokens' are not as many different ids as there are 'logprobs'");
            }

            if (values.Any(static value => value > 1e-3))
            {
                throw members.Fault("'logprobs' holds a number above 0, which is no logarithm of a probability");
            }

            yield return new(context, tokens, [.. values.Select(static value => Math.Min(1, Math.Exp(value)))], input, line);
        }
    }

    private sealed record Row(int[] Context, int[] Tokens, double[] Values, ReportInput Input, int Line);

    /// <summary>Weights of (context, token), added up in the order of the file.</summary>
    private sealed class WeightSums(int width)
    {
        private readonly Dictionary<ulong, (int[] Context, SortedDictionary<int, double> Weights)> _contexts = [];

        public void Add(int[] context, int[] tokens, double[] weights)
        {
            var id = IdOf(context);
            if (!_contexts.TryGetValue(id, out var known))
            {
                _contexts.Add(id, known = (context, []));
            }

            for (var i = 0; i < tokens.Length; i++)
            {
                known.Weights[tokens[i]] = known.Weights.GetValueOrDefault(tokens[i]) + weights[i];
            }
        }

        public WeightedPairs ToPairs()
        {
            var pairs = new WeightedPairs(width);
            foreach (var (context, weights) in _contexts.OrderBy(static entry => entry.Key).Select(static entry => entry.Value))
            {
                pairs.Add(context, [.. weights.Keys], [.. weights.Values]);
            }

            return pairs;
        }
    }
}
