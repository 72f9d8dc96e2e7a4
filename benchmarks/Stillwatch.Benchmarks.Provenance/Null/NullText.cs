using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Provenance.Null;

/// <summary>One text, and the statistics of the production mark on it under many keys.</summary>
internal sealed class NullText
{
    private readonly int[] _contexts;
    private readonly int[] _tokens;
    private readonly double[] _counts;

    /// <summary>For each number of pairs and of green ones, the logarithms of 1/p and of the e-value.</summary>
    private readonly double[][] _exact;
    private readonly double[][] _evidence;

    public NullText(int[] tokens)
    {
        var pairs = new Dictionary<(int Context, int Token), int>();
        for (var place = 1; place < tokens.Length; place++)
        {
            var pair = (tokens[place - 1], tokens[place]);
            pairs[pair] = pairs.GetValueOrDefault(pair) + 1;
        }

        // A dictionary that nothing is taken from keeps the order of first occurrence, which is the order of looking.
        (_contexts, _tokens) = ([.. pairs.Keys.Select(static pair => pair.Context)], [.. pairs.Keys.Select(static pair => pair.Token)]);
        _counts = [.. pairs.Values.Select(static count => (double)count)];
        var mixture = new BetaBinomialEValue(0.5, Alternative.Greater);
        _exact = Table(_tokens.Length, static (green, trials) => -BinomialTail.AtLeast(green, trials, 0.5).Log10);
        _evidence = Table(_tokens.Length, (green, trials) => mixture.Of(green, trials).Log10);
    }

    public int Pairs => _tokens.Length;

    public NullTally Count(int keys, ulong seed)
    {
        var logLevels = NullCommand.Levels.Select(static level => -Math.Log10(level)).ToArray();
        var total = _counts.Sum();
        var weighted = Limits(sum => WeightedBernoulliTail.AtLeast(sum, _counts, 0.5), total);
        var naive = Limits(sum => BinomialTail.AtLeast((long)Math.Round(sum + total / 2), (long)total, 0.5), total);
        var zScore = Limits(sum => NormalTail.AtLeast(sum / Math.Sqrt(total / 4)), total);
        var (tally, generator, key) = (new NullTally(), new SeededGenerator(seed), new byte[KeyedGreenBits.KeyBytes]);
        for (var i = 0; i < keys; i++)
        {
            BitConverter.TryWriteBytes(key, generator.NextUInt64());
            BitConverter.TryWriteBytes(key.AsSpan(8), generator.NextUInt64());
            var (green, sum, peakExact, peakEvidence) = Look(key);
            tally.Add("each pair once, exact binomial", _exact[Pairs][green], logLevels);
            tally.Add("all repeats as weights, Chernoff", sum, weighted);
            tally.Add("e-process, looked at after every token", peakEvidence, logLevels);
            tally.Add("rival: binomial over all repeats", sum, naive);
            tally.Add("rival: z over all repeats", sum, zScore);
            tally.Add("rival: exact binomial, looked at after every token", peakExact, logLevels);
        }

        return tally;
    }

    private (int Green, double Sum, double PeakExact, double PeakEvidence) Look(byte[] key)
    {
        using var bits = new KeyedGreenBits(key, 1);
        var (green, sum, peakExact, peakEvidence) = (0, 0.0, 0.0, 0.0);
        for (var pair = 0; pair < _tokens.Length; pair++)
        {
            var isGreen = bits.IsGreen(_contexts.AsSpan(pair, 1), _tokens[pair]);
            green += isGreen ? 1 : 0;
            sum += _counts[pair] * (isGreen ? 0.5 : -0.5);
            peakExact = Math.Max(peakExact, _exact[pair + 1][green]);
            peakEvidence = Math.Max(peakEvidence, _evidence[pair + 1][green]);
        }

        return (green, sum, peakExact, peakEvidence);
    }

    private static double[] Limits(Func<double, PValue> test, double total) =>
        [.. NullCommand.Levels.Select(level => NullCommand.Critical(test, total / 2, level))];

    private static double[][] Table(int pairs, Func<int, int, double> value) =>
        [
            .. Enumerable.Range(0, pairs + 1)
                .Select(trials => Enumerable.Range(0, trials + 1).Select(green => value(green, trials)).ToArray()),
        ];
}
