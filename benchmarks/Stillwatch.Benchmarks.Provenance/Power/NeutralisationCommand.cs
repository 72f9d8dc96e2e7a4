using System.Globalization;
using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Metrics;
using Stillwatch.Benchmarks.Provenance.Laboratory;
using Stillwatch.Provenance.Lineage;
using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Provenance.Power;

/// <summary>Evidence that is left after watermark neutralisation, by the share of marked training; the null beside it.</summary>
internal static class NeutralisationCommand
{
    private const int Vocabulary = 500;
    private const int Training = 400_000;
    private const double Smoothing = 20;
    private const double StudentStrength = 10;
    private const int NullKeys = 1000;

    private static readonly double[] Shares = [1, 0.5, 0.2, 0.1, 0.05, 0];
    private static readonly double[] Levels = [0.1, 0.01, 0.001];

    private static readonly string[] Attacks = ["none", "as its code runs", "as its paper says"];

    public static int Run(string[] arguments)
    {
        var parsed = new CommandArguments(arguments, "--tokens", "--runs", "--width");
        if (parsed.Rest is not [var path])
        {
            throw new UnusableException("neutralisation needs one text.");
        }

        var length = Figures.Number(parsed.Single("--tokens"), 100_000);
        var runs = Figures.Number(parsed.Single("--runs"), 3);
        var width = Figures.Number(parsed.Single("--width"), 2);
        var words = Words.Read(path, Vocabulary);
        var teacher = new NgramStudent(BigramModel.OfText(words, Vocabulary, Smoothing), width, Smoothing, words);
        Console.WriteLine(
            $"N-gram teacher and students over {Vocabulary} words, contexts of {width}, bias 1; {Figures.Whole(Training)} tokens of "
            + $"training, {Figures.Whole(length)} said; log10 p, mean of {runs} runs (worst).\n");
        foreach (var attack in width == 2 ? Attacks : Attacks[..2])
        {
            Write(teacher, width, length, runs, attack);
        }

        WriteNull(teacher, width, length);
        return 0;
    }

    private static void Write(NgramStudent teacher, int width, int length, int runs, string attack)
    {
        var table = new MarkdownTable(
            [$"neutralisation: {attack}", .. Shares.Select(static share => share.ToString(CultureInfo.InvariantCulture))]);
        var cells = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var share in Shares)
        {
            var results = Enumerable.Range(0, runs).Select(run =>
            {
                var generator = new SeededGenerator((ulong)run, (ulong)(share * 1000));
                using var bits = Key(ref generator, width);
                return new Statistics(Outputs(teacher, bits, width, share, length, attack, ref generator), teacher, width).Of(bits);
            }).ToList();
            foreach (var name in results[0].Keys)
            {
                var values = results.Select(result => result[name].Log10).ToList();
                (cells.TryGetValue(name, out var row) ? row : cells[name] = []).Add(
                    string.Create(CultureInfo.InvariantCulture, $"{values.Average():0.0} ({values.Max():0.0})"));
            }
        }

        foreach (var (name, row) in cells)
        {
            table.Add([name, .. row]);
        }

        table.Write(Console.Out);
    }

    /// <summary>Keys that had no part in it, on what a neutralised student of marked texts says.</summary>
    private static void WriteNull(NgramStudent teacher, int width, int length)
    {
        var generator = new SeededGenerator(99);
        using var bits = Key(ref generator, width);
        var statistics = new Statistics(Outputs(teacher, bits, width, 1, length, Attacks[^1], ref generator), teacher, width);
        var rejections = new Dictionary<string, int[]>(StringComparer.Ordinal);
        for (var number = 0; number < NullKeys; number++)
        {
            using var other = Key(ref generator, width);
            foreach (var (name, p) in statistics.Of(other))
            {
                var counts = rejections.TryGetValue(name, out var known) ? known : rejections[name] = new int[Levels.Length];
                for (var level = 0; level < Levels.Length; level++)
                {
                    counts[level] += p.Rejects(Levels[level]) ? 1 : 0;
                }
            }
        }

        var table = new MarkdownTable(
        [
            $"{NullKeys} other keys, neutralised student: rejections at",
            .. Levels.Select(static level => level.ToString(CultureInfo.InvariantCulture)),
        ]);
        table.Add(["expected", .. Levels.Select(static level => Figures.Whole(level * NullKeys))]);
        foreach (var (name, counts) in rejections)
        {
            table.Add([name, .. counts.Select(static count => Figures.Whole(count))]);
        }

        table.Write(Console.Out);
    }

    private static int[] Outputs(
        NgramStudent teacher, KeyedGreenBits bits, int width, double share, int length, string attack, ref SeededGenerator generator)
    {
        var marked = share > 0 ? NgramStudent.Write(teacher, width, (int)(share * Training), ref generator, bits) : [];
        int[] training = [.. marked, .. share < 1 ? NgramStudent.Write(teacher, width, Training - marked.Length, ref generator) : []];
        IReferenceModel student = new NgramStudent(teacher, width, StudentStrength, training);
        student = attack == Attacks[0]
            ? student
            : new PrefixNeutralization(teacher, student, width, training, twoTokens: attack == Attacks[2]);
        return NgramStudent.Write(student, width, length, ref generator);
    }

    private static KeyedGreenBits Key(ref SeededGenerator generator, int width)
    {
        var key = new byte[KeyedGreenBits.KeyBytes];
        BitConverter.TryWriteBytes(key, generator.NextUInt64());
        BitConverter.TryWriteBytes(key.AsSpan(8), generator.NextUInt64());
        return new(key, width);
    }

    /// <summary>Every statistic on one suspect's outputs.</summary>
    private sealed class Statistics(int[] said, IReferenceModel reference, int width)
    {
        private readonly WeightedPairs _counts = WeightedPairs.Of(CountsOf(said, width), Weighting.Count);
        private readonly WeightedPairs _standardized = WeightedPairs.Of(CountsOf(said, width), Weighting.StandardizedCount, reference);

        private readonly StratifiedEvidence _stratified = new(CountsOf(said, width), Weighting.StandardizedCount, reference);

        private readonly StratifiedEvidence _calibrated = new(
            CountsOf(said, width), Weighting.StandardizedCount, new CalibratedReference(reference, CountsOf(said, width)));

        public Dictionary<string, PValue> Of(KeyedGreenBits bits)
        {
            var published = new RadioactivityTest(bits);
            published.AddCompletion([], said);
            var (counts, standardized) = (_counts.Test(bits), _standardized.Test(bits));
            var (stratified, calibrated) = (_stratified.Of(bits), _calibrated.Of(bits));
            return new(StringComparer.Ordinal)
            {
                ["rival: z over all tokens (no p-value)"] = NormalTail.AtLeast(Naive(bits)),
                ["rival: each pair once, binomial"] = published.Result().Test,
                ["counts"] = counts.Test,
                ["standardised counts"] = standardized.Test,
                ["standardised counts by frequency, either way"] = stratified.ToPValue(),
                ["by frequency, calibrated reference"] = calibrated.ToPValue(),
                ["all four, combined (decides)"] =
                    EValueCombination.Mean([counts.Evidence, standardized.Evidence, stratified, calibrated]).ToPValue(),
            };
        }

        /// <summary>The detector that the attack was published with: every token counts, however often its pair came.</summary>
        private double Naive(KeyedGreenBits bits)
        {
            var (words, green) = (new ulong[KeyedGreenBits.WordsFor(Vocabulary)], 0);
            for (var i = width; i < said.Length; i++)
            {
                bits.Fill(said.AsSpan((i - width)..i), words);
                green += (int)((words[said[i] >> 6] >> said[i]) & 1);
            }

            var total = said.Length - width;
            return (green - total / 2.0) / Math.Sqrt(total / 4.0);
        }

        private static ContextCounts CountsOf(int[] said, int width)
        {
            var counts = new ContextCounts(width);
            counts.Add([], said);
            return counts;
        }
    }
}
