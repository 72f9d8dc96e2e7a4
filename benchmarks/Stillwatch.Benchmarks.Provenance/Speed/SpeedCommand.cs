using System.Diagnostics;
using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Metrics;
using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Provenance.Speed;

/// <summary>Tokens a second on one core: detection beside the function alone, and what marking adds to a sampling step.</summary>
internal static class SpeedCommand
{
    private const int Vocabulary = 100_000;
    private const int Rounds = 7;

    public static int Run(string[] arguments)
    {
        var parsed = new CommandArguments(arguments, "--tokens", "--python");
        var tokens = Text(Figures.Number(parsed.Single("--tokens"), 4_000_000));
        Console.WriteLine(
            $"{Figures.Whole(tokens.Length)} tokens (Zipf over {Figures.Whole(Vocabulary)} ids); best of {Rounds} rounds, one thread.\n");
        Detection(tokens);
        Marking();
        Python(parsed.Single("--python"));
        return 0;
    }

    private static void Detection(int[] tokens)
    {
        var table = new MarkdownTable("detection", "tokens a second");
        using var bits = new KeyedGreenBits(new byte[16], contextWidth: 2);
        table.Add("production mark: each pair once, colours, test", Rate(tokens.Length, () => Detect(bits, tokens)));
        table.Add("floor: its function alone, every token", Rate(tokens.Length, () => CountGreen(bits, tokens)));
        var textSeal = new TextSealGreenList(2, 0.25, 42);
        table.Add("TextSeal", Rate(tokens.Length, () => Detect(textSeal, tokens)));
        var synthId = new SynthIdTextFunction(SynthIdTextFunction.PublishedKeys);
        var part = tokens[..(tokens.Length / 10)];
        table.Add("SynthID-Text, 30 layers", Rate(part.Length, () =>
        {
            var detector = new SynthIdTextDetector(synthId);
            detector.Add(part);
            return detector.Test();
        }));
        var kgw = new KgwGreenList(KgwSeeding.Simple, Vocabulary, 0.25);
        var few = tokens[..(tokens.Length / 100)];
        table.Add("KGW simple, lists drawn anew", Rate(
            few.Length, () => Detect(new KgwGreenList(KgwSeeding.Simple, Vocabulary, 0.25), few)));
        table.Add("KGW simple, lists kept", Rate(few.Length, () => Detect(kgw, few)));
        table.Write(Console.Out);
    }

    private static void Marking()
    {
        var logits = Logits();
        using var bits = new KeyedGreenBits(new byte[16], contextWidth: 2);
        const int steps = 400;
        var (plain, biased, unbiased, colours) = (double.MaxValue, double.MaxValue, double.MaxValue, double.MaxValue);
        var byBias = new MarkedSampler(bits, MarkStrength.Biased(2), Vocabulary);
        var byColour = new MarkedSampler(bits, MarkStrength.Unbiased(1), Vocabulary);
        var words = new ulong[KeyedGreenBits.WordsFor(Vocabulary)];
        for (var round = 0; round < 5 * Rounds; round++)
        {
            plain = Math.Min(plain, Microseconds(steps, () => Steps(byBias, logits, steps, marked: false)));
            biased = Math.Min(biased, Microseconds(steps, () => Steps(byBias, logits, steps, marked: true)));
            unbiased = Math.Min(unbiased, Microseconds(steps, () => Steps(byColour, logits, steps, marked: true)));
            colours = Math.Min(colours, Microseconds(steps, () =>
            {
                for (var step = 0; step < steps; step++)
                {
                    bits.Fill([step, step + 1], words);
                }
            }));
        }

        var table = new MarkdownTable("a sampling step (softmax and draw, 100,000 tokens)", "microseconds");
        table.Add("without a mark", Figures.Short(plain));
        table.Add("with the production mark, bias 2", Figures.Short(biased));
        table.Add("with the production mark, unbiased", Figures.Short(unbiased));
        table.Add("the colours of the whole vocabulary alone", Figures.Short(colours));
        table.Write(Console.Out);
        Console.WriteLine($"Marking adds {100 * (biased / plain - 1):0.0} % with a bias, {100 * (unbiased / plain - 1):0.0} % without.\n");
    }

    private static void Python(string? python)
    {
        if (python is null)
        {
            return;
        }

        var script = Path.Combine(AppContext.BaseDirectory, "kgw_detection.py");
        using var run = Process.Start(new ProcessStartInfo(python, [script, "2000"]) { RedirectStandardOutput = true })!;
        Console.WriteLine(run.StandardOutput.ReadToEnd());
        run.WaitForExit();
    }

    private static void Steps(MarkedSampler sampler, float[] logits, int steps, bool marked)
    {
        var generator = new SeededGenerator(1);
        var sequence = new MarkedSequence(2);
        for (var step = 0; step < steps; step++)
        {
            sequence.Accept(step);
            sampler.Draw(logits, 1, marked ? sequence : null, ref generator);
        }
    }

    private static PValue Detect(IGreenList list, int[] tokens)
    {
        var detector = new GreenListDetector(list);
        detector.Add(tokens);
        return detector.Result().Test;
    }

    private static long CountGreen(KeyedGreenBits bits, int[] tokens)
    {
        var green = 0L;
        for (var place = 2; place < tokens.Length; place++)
        {
            green += bits.IsGreen(tokens.AsSpan(place - 2, 2), tokens[place]) ? 1 : 0;
        }

        return green;
    }

    private static string Rate<T>(int tokens, Func<T> work)
    {
        var best = double.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return Figures.Whole(tokens / best);
    }

    private static double Microseconds(int steps, Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / steps;
    }

    /// <summary>Ids with about the frequencies of words.</summary>
    private static int[] Text(int length)
    {
        var generator = new SeededGenerator(20261129);
        var tokens = new int[length];
        for (var i = 0; i < length; i++)
        {
            tokens[i] = (int)Math.Min(Vocabulary - 1, Math.Pow(Vocabulary, generator.NextDouble()) - 1);
        }

        return tokens;
    }

    private static float[] Logits()
    {
        var generator = new SeededGenerator(3);
        var logits = new float[Vocabulary];
        for (var token = 0; token < Vocabulary; token++)
        {
            logits[token] = (float)(-1.1 * Math.Log(1 + token) + 2 * generator.NextDouble());
        }

        generator.Shuffle<float>(logits);
        return logits;
    }
}
