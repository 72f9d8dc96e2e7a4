using System.Globalization;
using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Metrics;
using Stillwatch.Benchmarks.Provenance.Laboratory;
using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Provenance.Power;

/// <summary>Evidence by the share of marked data in a student's training, as it stands and after neutralisation.</summary>
internal static class PowerCommand
{
    private const int Vocabulary = 1000;
    private const int Training = 400_000;
    private const double StudentStrength = 30;
    private const double Smoothing = 20;

    private static readonly double[] Shares = [1, 0.2, 0.05, 0.02, 0.01, 0];

    public static int Run(string[] arguments)
    {
        var parsed = new CommandArguments(arguments, "--tokens", "--runs", "--model", "--keep", "--degree", "--shares", "--training");
        if (parsed.Rest is not [var path])
        {
            throw new UnusableException("power needs one text.");
        }

        switch (parsed.Single("--model") ?? "ngram")
        {
            case "ngram":
                break;
            case "transformer":
                return TransformerPowerCommand.Run(parsed, path);
            case var other:
                throw new UnusableException($"--model {other}: ngram or transformer.");
        }

        var length = Figures.Number(parsed.Single("--tokens"), 100_000);
        var runs = Figures.Number(parsed.Single("--runs"), 5);
        var teacher = BigramModel.OfText(Words.Read(path, Vocabulary), Vocabulary, Smoothing);
        Console.WriteLine(
            $"Bigram teacher and students over {Vocabulary} words; {Figures.Whole(Training)} tokens of training, "
            + $"{Figures.Whole(length)} said; log10 p, mean of {runs} runs (worst).\n");
        Quality(teacher, length);
        foreach (var isNeutralized in new[] { false, true })
        {
            Write(teacher, length, runs, isNeutralized);
        }

        return 0;
    }

    private static void Write(BigramModel teacher, int length, int runs, bool isNeutralized)
    {
        var cells = new Dictionary<string, List<string>>();
        foreach (var share in Shares)
        {
            var results = new Dictionary<string, List<double>>();
            for (var run = 0; run < runs; run++)
            {
                foreach (var (name, log10) in Make(teacher, share, length, (ulong)run, isNeutralized).Test())
                {
                    (results.TryGetValue(name, out var values) ? values : results[name] = []).Add(log10);
                }
            }

            foreach (var (name, values) in results)
            {
                (cells.TryGetValue(name, out var row) ? row : cells[name] = []).Add(
                    string.Create(CultureInfo.InvariantCulture, $"{values.Average():0.0} ({values.Max():0.0})"));
            }
        }

        var head = isNeutralized ? "after neutralisation, marked share" : "marked share";
        var table = new MarkdownTable([head, .. Shares.Select(static share => share.ToString(CultureInfo.InvariantCulture))]);
        foreach (var (name, row) in cells)
        {
            table.Add([name, .. row]);
        }

        table.Write(Console.Out);
    }

    private static Suspect Make(BigramModel teacher, double share, int length, ulong run, bool isNeutralized)
    {
        var generator = new SeededGenerator(run, (ulong)(share * 1000));
        var key = new byte[KeyedGreenBits.KeyBytes];
        BitConverter.TryWriteBytes(key, generator.NextUInt64());
        var bits = new KeyedGreenBits(key, 1);
        var marked = teacher.Marked(bits, MarkStrength.Biased(1)).Write((int)(share * Training), ref generator);
        var plain = teacher.Write(Training - marked.Length, ref generator);
        int[] training = [.. marked, .. plain];
        var student = BigramModel.Student(training, teacher, StudentStrength);
        student = isNeutralized ? Neutralization.Apply(teacher, student, training) : student;
        return new(student, student.Write(length, ref generator), teacher, bits);
    }

    /// <summary>What each way of marking costs in perplexity under the teacher, beside what it gives a detector.</summary>
    private static void Quality(BigramModel teacher, int length)
    {
        const int texts = 40;
        var table = new MarkdownTable("mark", "perplexity", "log10 p of a text of 200 tokens");
        foreach (var (name, strength) in Marks())
        {
            var (perplexity, evidence) = (0.0, 0.0);
            for (var text = 0; text < texts; text++)
            {
                var generator = new SeededGenerator((ulong)text, 77);
                var key = new byte[KeyedGreenBits.KeyBytes];
                BitConverter.TryWriteBytes(key, generator.NextUInt64());
                using var bits = new KeyedGreenBits(key, 1);
                var model = strength is null ? teacher : teacher.Marked(bits, strength.Value);
                perplexity += Math.Log(teacher.Perplexity(model.Write(length, ref generator))) / texts;
                var detector = new GreenListDetector(bits);
                detector.Add(model.Write(200, ref generator));
                evidence += detector.Result().Test.Log10 / texts;
            }

            table.Add(name, Figures.Short(Math.Exp(perplexity)), Figures.Short(evidence));
        }

        table.Write(Console.Out);
    }

    private static IEnumerable<(string Name, MarkStrength? Strength)> Marks()
    {
        yield return ("none", null);
        foreach (var bias in new[] { 0.5, 1, 1.5, 2, 3 })
        {
            yield return (string.Create(CultureInfo.InvariantCulture, $"KGW's rule, bias {bias}"), MarkStrength.Biased(bias));
        }

        foreach (var share in new[] { 0.25, 0.5, 0.75, 1 })
        {
            yield return (string.Create(CultureInfo.InvariantCulture, $"unbiased, share {share}"), MarkStrength.Unbiased(share));
        }
    }
}
