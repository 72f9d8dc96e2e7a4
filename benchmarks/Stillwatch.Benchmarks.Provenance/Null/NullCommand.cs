using System.Globalization;
using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Metrics;
using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Provenance.Null;

/// <summary>False positives over random keys on one text that no key marked: our tests, and the published statistics beside them.</summary>
internal static class NullCommand
{
    private const int Vocabulary = 20_000;
    private const int TableTokens = 100_000;
    private const int TableSeeds = 200;

    /// <summary>A certificate passes where so many rejections have at least this probability.</summary>
    private const double Confidence = 0.99;

    public static readonly double[] Levels = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6];

    public static int Run(string[] arguments)
    {
        var parsed = new CommandArguments(arguments, "--keys", "--tokens", "--seed");
        if (parsed.Rest is not [var path])
        {
            throw new UnusableException("null needs one text.");
        }

        var words = Words.Read(path, Vocabulary);
        var keys = Figures.Number(parsed.Single("--keys"), 10_000_000);
        var tokens = words.AsSpan(0, Math.Min(words.Length, Figures.Number(parsed.Single("--tokens"), 300))).ToArray();
        var seed = (ulong)Figures.Number(parsed.Single("--seed"), 20261129);
        var text = new NullText(tokens);
        Console.WriteLine(
            $"{Figures.Whole(keys)} random keys; a text of {Figures.Whole(tokens.Length)} words, "
            + $"{text.Pairs} distinct pairs of neighbours.\n");
        var tally = text.Count(keys, seed);
        var table = new MarkdownTable(["production mark, rejections at", .. Levels.Select(Head)]);
        var expected = Levels.Select(level => $"{Figures.Whole(level * keys)}, {Figures.Whole(Limit(keys, level))}");
        table.Add(["expected, and at most with 99 %", .. expected]);
        foreach (var (name, rejections) in tally.Rows)
        {
            table.Add([name, .. rejections.Select(static count => Figures.Whole(count))]);
        }

        table.Write(Console.Out);
        WriteTable(words, keys, seed);
        return 0;
    }

    private static string Head(double level) => level.ToString("0e-0", CultureInfo.InvariantCulture);

    /// <summary>The most rejections that are no surprise at the confidence: an exact quantile of the binomial distribution.</summary>
    private static long Limit(long keys, double level)
    {
        var (low, high) = ((long)(level * keys), keys);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            var surprise = BinomialTail.AtLeast(middle + 1, keys, level).Probability;
            (low, high) = surprise <= 1 - Confidence ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    /// <summary>SynthID-Text with a table: what every key would count is known, so that keys are drawn by looking it up.</summary>
    private static void WriteTable(int[] words, int keys, ulong seed)
    {
        var text = words.AsSpan(0, Math.Min(words.Length, TableTokens));
        var depth = SynthIdTextFunction.PublishedKeys.Length;
        var test = new SynthIdTableTest(new(SynthIdTextFunction.PublishedKeys, SynthIdTextTable.TableOfCpu()));
        test.Add(text);
        var ones = test.OnesOfEveryKey();
        var bits = (double)test.Ngrams * depth;
        var naiveLimits = Levels.Select(level => bits / 2 + Quantile(level) * Math.Sqrt(bits / 4)).ToArray();
        var limits = Levels.Select(level => Critical(total => SynthIdTableTest.TestOf(ones, total, depth), bits, level)).ToArray();
        var (naive, ours) = (new long[Levels.Length], new long[Levels.Length]);
        var generator = new SeededGenerator(seed, 1);
        for (var key = 0; key < keys; key++)
        {
            var total = 0.0;
            for (var layer = 0; layer < depth; layer++)
            {
                total += ones[generator.Next(SynthIdTextTable.Size)];
            }

            for (var level = 0; level < Levels.Length; level++)
            {
                naive[level] += total >= naiveLimits[level] ? 1 : 0;
                ours[level] += total >= limits[level] ? 1 : 0;
            }
        }

        Console.WriteLine($"SynthID-Text with a table, {Figures.Whole(test.Ngrams)} n-grams:\n");
        var table = new MarkdownTable(["rejections at", .. Levels.Select(Head)]);
        table.Add(["conditional on the table", .. ours.Select(static count => Figures.Whole(count))]);
        table.Add(["naive z", .. naive.Select(static count => Figures.Whole(count))]);
        table.Write(Console.Out);
        var rejected = Enumerable.Range(0, TableSeeds).Count(tableSeed =>
        {
            var other = new SynthIdTableTest(new(SynthIdTextFunction.PublishedKeys, SynthIdTextTable.TableOfCpu((ulong)tableSeed)));
            other.Add(words.AsSpan(0, Math.Min(words.Length, TableTokens)));
            return NormalTail.AtLeast(other.NaiveZScore()).Rejects(1e-6);
        });
        Console.WriteLine($"Published keys, seeds of the table 0 to {TableSeeds - 1}: the naive z has p of at most 1e-6 for {rejected}.");
    }

    /// <summary>The normal quantile of an upper tail.</summary>
    private static double Quantile(double level) => Critical(NormalTail.AtLeast, 40, level);

    /// <summary>The least statistic up to a highest one that a test rejects at a level.</summary>
    public static double Critical(Func<double, PValue> test, double highest, double level)
    {
        var low = 0.0;
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + highest) / 2;
            (low, highest) = test(middle).Rejects(level) ? (low, middle) : (middle, highest);
        }

        return highest;
    }
}
