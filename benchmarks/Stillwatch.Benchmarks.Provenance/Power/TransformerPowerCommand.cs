using System.Globalization;
using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Metrics;
using Stillwatch.Benchmarks.Provenance.Laboratory;

namespace Stillwatch.Benchmarks.Provenance.Power;

/// <summary>Evidence from a transformer by the share of marked data in its training, at two amounts of what it said.</summary>
internal static class TransformerPowerCommand
{
    private const int Vocabulary = 1024;
    private const ulong TwinRun = 100;

    private const string AllShares = "1,0.2,0.05,0";

    private static readonly int[] Amounts = [25_000, TransformerLaboratory.Said];

    public static int Run(CommandArguments parsed, string path)
    {
        var runs = Figures.Number(parsed.Single("--runs"), 3);
        var training = Figures.Number(parsed.Single("--training"), TransformerLaboratory.UsualTraining);
        var laboratory = new TransformerLaboratory(
            path, Vocabulary, parsed.Single("--keep"), Figures.Number(parsed.Single("--degree"), Environment.ProcessorCount));
        var twin = laboratory.Student(0, TwinRun);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Transformers of {laboratory.Parameters:#,0} parameters over {Vocabulary} words; perplexity of the teacher "
            + $"{laboratory.Perplexities.Teacher:0.0}, of the base {laboratory.Perplexities.Base:0.0}. Students: the base and "
            + $"{training:#,0} tokens of the teacher, read {TransformerLaboratory.Epochs} times; bias 1, contexts of "
            + $"one token, not marked twice in a text. The twin had {TransformerLaboratory.UsualTraining:#,0} tokens. log10 p: median of "
            + $"{runs} students (best, worst).\n"));
        var shares = (parsed.Single("--shares") ?? AllShares).Split(',')
            .Select(static share => double.Parse(share, CultureInfo.InvariantCulture));
        var results = shares.ToDictionary(
            static share => share,
            share => Enumerable.Range(0, runs)
                .Select(run => Test(laboratory, laboratory.Student(share, (ulong)run, training), twin)).ToArray());
        foreach (var amount in Amounts)
        {
            Write(results, amount);
        }

        return 0;
    }

    private static Dictionary<int, Dictionary<string, double>> Test(
        TransformerLaboratory laboratory, TransformerStudent student, TransformerStudent twin)
    {
        using var bits = student.Bits;
        var (suspect, taken) = (new TransformerSuspect(laboratory, student, twin), 0);
        var results = new Dictionary<int, Dictionary<string, double>>();
        foreach (var amount in Amounts)
        {
            var texts = amount / student.Said[0].Length;
            suspect.Add([.. student.Said.Take(texts).Skip(taken)]);
            taken = texts;
            results[amount] = suspect.Test().ToDictionary(static entry => entry.Name, static entry => entry.Log10);
        }

        return results;
    }

    private static void Write(Dictionary<double, Dictionary<int, Dictionary<string, double>>[]> results, int amount)
    {
        var table = new MarkdownTable(
        [
            $"{Figures.Whole(amount)} tokens said, share of marked training",
            .. results.Keys.Select(static share => share.ToString(CultureInfo.InvariantCulture)),
        ]);
        foreach (var name in results.Values.First()[0][amount].Keys)
        {
            table.Add([name, .. results.Keys.Select(share => Cell([.. results[share].Select(run => run[amount][name])], "0.0"))]);
        }

        foreach (var (ours, rival) in Ratios())
        {
            table.Add(
            [
                $"times: {ours} / {rival}",
                .. results.Keys.Select(share => Cell(
                    [.. results[share].Select(run => run[amount][ours] / Math.Min(run[amount][rival], -0.1))], "0.0")),
            ]);
        }

        table.Write(Console.Out);
    }

    private static IEnumerable<(string Ours, string Rival)> Ratios()
    {
        yield return (TransformerSuspect.Closed, TransformerSuspect.Published);
        yield return (TransformerSuspect.Open, TransformerSuspect.Published);
        yield return (TransformerSuspect.Open, TransformerSuspect.PublishedOpen);
    }

    private static string Cell(double[] values, string format)
    {
        Array.Sort(values);
        var middle = values.Length % 2 == 1
            ? values[values.Length / 2]
            : (values[values.Length / 2] + values[(values.Length / 2) - 1]) / 2;
        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        return $"{Text(middle)} ({Text(values[0])}, {Text(values[^1])})";
    }
}
