using System.Runtime.InteropServices;

namespace Stillwatch.Provenance.Lineage;

/// <summary>
/// A reference made to agree with the suspect in what does not tell of a mark: how often it says each token, and each after the one before.
/// Takes out what domain, style, or an attack changed everywhere. Immutable; safe from any thread if the reference is.
/// </summary>
/// <remarks>
/// A reference may follow from the suspect's outputs, which do not know the key under the null hypothesis. Each context is left out of the
/// factors that it is multiplied with, or a context that alone ends in its token would be fitted to itself. Ratios have one occurrence
/// added above and below. Memory: 40 bytes or more a distinct (last token, token).
/// </remarks>
public sealed class CalibratedReference : IReferenceModel
{
    private const double Added = 1;
    private const double LeastExpected = 1e-3;

    private readonly IReferenceModel _reference;
    private readonly ContextCounts _counts;
    private readonly Ratio[] _single;
    private readonly Dictionary<int, Dictionary<int, Ratio>> _pairs = [];

    /// <param name="reference">Says what is expected before.</param>
    /// <param name="counts">What the suspect said.</param>
    public CalibratedReference(IReferenceModel reference, ContextCounts counts)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(counts);
        (_reference, _counts, _single) = (reference, counts, new Ratio[reference.Vocabulary]);
        var row = new double[reference.Vocabulary];
        foreach (var (context, tokens) in counts.Contexts)
        {
            reference.Fill(context, row);
            var total = tokens.Values.Sum();
            var pairs = context.Length < 2 ? null : _pairs.TryGetValue(context[^1], out var known) ? known : _pairs[context[^1]] = [];
            for (var token = 0; token < row.Length; token++)
            {
                var (seen, expected) = (tokens.GetValueOrDefault(token), total * row[token]);
                if (seen > 0 || expected >= LeastExpected)
                {
                    _single[token] = _single[token].With(seen, expected);
                    ref var pair = ref CollectionsMarshal.GetValueRefOrAddDefault(pairs ?? [], token, out _);
                    pair = pair.With(seen, expected);
                }
            }
        }
    }

    /// <inheritdoc/>
    public int Vocabulary => _reference.Vocabulary;

    /// <inheritdoc/>
    public void Fill(ReadOnlySpan<int> context, Span<double> probabilities)
    {
        _reference.Fill(context, probabilities);
        var own = _counts.Find(context);
        var total = own?.Values.Sum() ?? 0;
        var pairs = context.Length < 2 ? null : _pairs.GetValueOrDefault(context[^1]);
        var sum = 0.0;
        for (var token = 0; token < probabilities.Length; token++)
        {
            var (seen, expected) = (own?.GetValueOrDefault(token) ?? 0, total * probabilities[token]);
            (seen, expected) = seen > 0 || expected >= LeastExpected ? (seen, expected) : (0, 0);
            var factor = _single[token].Of(seen, expected, 1);
            if (pairs is not null && pairs.TryGetValue(token, out var pair))
            {
                factor *= pair.Of(seen, expected, factor);
            }

            probabilities[token] *= factor;
            sum += probabilities[token];
        }

        for (var token = 0; token < probabilities.Length; token++)
        {
            probabilities[token] /= sum;
        }
    }

    /// <summary>How often something was said, and how often that was expected.</summary>
    private readonly record struct Ratio(double Seen, double Expected)
    {
        public Ratio With(int seen, double expected) => new(Seen + seen, Expected + expected);

        /// <summary>The ratio without one context, against expectations times a factor.</summary>
        public double Of(int seen, double expected, double factor) =>
            (Seen - seen + Added) / (Math.Max(0, Expected - expected) * factor + Added);
    }
}
