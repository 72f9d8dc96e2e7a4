using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Metrics;
using Stillwatch.Benchmarks.Provenance.Laboratory;
using Stillwatch.Provenance.Lineage;
using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Provenance.Power;

/// <summary>Whether the one customer whose outputs a student learnt from is named, and nobody else.</summary>
internal static class TracingCommand
{
    private const int Vocabulary = 1000;
    private const int Training = 400_000;
    private const int Said = 100_000;
    private const int Runs = 10;
    private const double Level = 1e-6;

    private static readonly double[] Shares = [1, 0.2, 0.1, 0.05, 0];

    public static int Run(string[] arguments)
    {
        var parsed = new CommandArguments(arguments, "--customers");
        if (parsed.Rest is not [var path])
        {
            throw new UnusableException("tracing needs one text.");
        }

        var customers = Figures.Number(parsed.Single("--customers"), 1000);
        var teacher = BigramModel.OfText(Words.Read(path, Vocabulary), Vocabulary, smoothing: 20);
        Console.WriteLine(
            $"{customers} customers with keys of their own; {Runs} students each row, family-wise level {Figures.Power(Level)}.\n");
        var table = new MarkdownTable(
            "share of the training that is the customer's", "named rightly", "named wrongly", "largest adjusted p of the customer");
        foreach (var share in Shares)
        {
            var (right, wrong, worst) = (0, 0, double.NegativeInfinity);
            for (var run = 0; run < Runs; run++)
            {
                var generator = new SeededGenerator((ulong)run, (ulong)(share * 1000));
                var keys = Keys(customers, ref generator);
                var culprit = generator.Next(customers);
                var marked = teacher.Marked(keys[culprit], MarkStrength.Biased(1)).Write((int)(share * Training), ref generator);
                int[] training = [.. marked, .. teacher.Write(Training - marked.Length, ref generator)];
                var counts = new ContextCounts(1);
                counts.Add([], BigramModel.Student(training, teacher, 30).Write(Said, ref generator));
                var adjusted = CustomerTracing.Adjusted(WeightedPairs.Of(counts, Weighting.StandardizedCount, teacher), keys);
                right += adjusted[culprit].Rejects(Level) && share > 0 ? 1 : 0;
                wrong += Enumerable.Range(0, customers).Count(customer =>
                    (customer != culprit || share == 0) && adjusted[customer].Rejects(Level));
                worst = Math.Max(worst, adjusted[culprit].Log10);
            }

            table.Add(Figures.Short(share), $"{right} of {Runs}", $"{wrong}", PValue.FromLog10(worst).ToString());
        }

        table.Write(Console.Out);
        return 0;
    }

    private static KeyedGreenBits[] Keys(int customers, ref SeededGenerator generator)
    {
        var keys = new KeyedGreenBits[customers];
        for (var customer = 0; customer < customers; customer++)
        {
            keys[customer] = Key(ref generator);
        }

        return keys;
    }

    private static KeyedGreenBits Key(ref SeededGenerator generator)
    {
        var key = new byte[KeyedGreenBits.KeyBytes];
        BitConverter.TryWriteBytes(key, generator.NextUInt64());
        BitConverter.TryWriteBytes(key.AsSpan(8), generator.NextUInt64());
        return new(key, 1);
    }
}
