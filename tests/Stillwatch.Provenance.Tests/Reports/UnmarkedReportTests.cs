using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Stillwatch.Evidence.Tests;
using Stillwatch.Provenance.Lineage;
using Stillwatch.Provenance.Reports;
using Stillwatch.Statistics;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Provenance.Tests.Reports;

/// <summary>Reports that need no mark: canaries, agreement with a teacher, output layers.</summary>
public sealed class UnmarkedReportTests
{
    private static readonly string[] Vocabulary = [.. "one two three four five six seven eight nine ten".Split(' ')];

    /// <summary>A suspect that knows some canaries, but not which were served: the coin is drawn anew.</summary>
    [Fact]
    public void Canaries_ServedByAFreshCoin_AreSuperUniform()
    {
        var pairs = new CanaryBook(new byte[32], "x", 20).Pairs;
        var answers = Answers(pairs.Select(static (pair, i) => (pair, i % 2 == 0, i % 3 == 0)));
        NullCalibration.AssertSuperUniform(
            71,
            (ref SeededGenerator generator) =>
            {
                var drawn = new List<CanaryPair>();
                foreach (var pair in pairs)
                {
                    drawn.Add(generator.Next(2) == 0 ? pair : new(pair.Withheld, pair.Published));
                }

                return PValue.FromLog10((double)CanaryExamination.Row(answers, drawn, new(), tests: 1)["log10P"]!);
            },
            nulls: 4000);
    }

    [Fact]
    public void Canaries_OfASuspectThatLearntThem_AreFound()
    {
        var pairs = new CanaryBook(new byte[32], "x", 40).Pairs;
        var row = CanaryExamination.Row(Answers(pairs.Select(static pair => (pair, true, false))), pairs, new(), tests: 1);
        Assert.True((bool)row["found"]!);
        Assert.Equal(40, (int)row["servedPreferred"]!);
        Assert.Equal(-40 * Math.Log10(2), (double)row["log10P"]!, 1e-6);
        var half = CanaryExamination.Row(Answers(pairs.Take(20).Select(static pair => (pair, true, false))), pairs, new(), tests: 3);
        Assert.Equal(20, (int)half["pairsAsked"]!);
        Assert.Equal(-20 * Math.Log10(2) + Math.Log10(3), (double)half["log10PAdjusted"]!, 1e-6);
    }

    [Fact]
    public void Canaries_WithLogProbabilities_AreRanked()
    {
        var pairs = new CanaryBook(new byte[32], "x", 30).Pairs;
        var lines = pairs.SelectMany(static (pair, i) => new[]
        {
            Line(pair.Published.Cue, -2.0 - i), Line(pair.Withheld.Cue, -3.5 - i),
        });
        var row = CanaryExamination.Row(Answer.Read(Inputs.Of(InputRole.Outputs, lines)), pairs, new(), tests: 1);
        Assert.Equal("signedRank", (string)row["test"]!);
        Assert.True((bool)row["found"]!);
        var mixed = Answer.Read(Inputs.Of(
            InputRole.Outputs, Line(pairs[0].Published.Cue, -1), Inputs.Said($"What is {pairs[0].Withheld.Cue}?", "x")));
        Assert.Throws<InvalidDataException>(() => CanaryExamination.Row(mixed, pairs, new(), tests: 1));
    }

    /// <summary>Suspect, teacher and controls answer independently of each other.</summary>
    [Fact]
    public void Provenance_OfUnrelatedModels_IsSuperUniform() => NullCalibration.AssertSuperUniform(
        72,
        static (ref SeededGenerator generator) =>
        {
            var rows = Examination(ref generator, copied: 0).Rows(new(), tests: 1);
            return PValue.FromLog10((double)rows[0]!["log10PAdjusted"]!);
        },
        nulls: 600);

    [Fact]
    public void Provenance_OfACopy_IsFoundAndItsControlIsNot()
    {
        var generator = new SeededGenerator(4);
        var row = Examination(ref generator, copied: 1).Rows(new(), tests: 1)[0]!;
        Assert.True((bool)row["found"]!);
        Assert.True((double)row["styleScore"]! > 0);
        Assert.Equal(2, row["controls"]!.AsArray().Count);
    }

    [Fact]
    public void Provenance_WithoutControls_IsRefused()
    {
        ReportInput[] inputs = [Inputs.Of(InputRole.Outputs, Inputs.Said("a", "b")), Inputs.Of(InputRole.Teacher, Inputs.Said("a", "b"))];
        var fault = Assert.Throws<InvalidDataException>(() => new ProvenanceExamination(new(inputs, 10)));
        Assert.Contains("needs controls", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Alpaca was trained on answers of text-davinci-003, and says so.</summary>
    [Fact]
    public void Provenance_OfAlpaca_IsDavinci()
    {
        var folder = SharedFolder.Data("lineage");
        ReportInput Read(InputRole role, string name) =>
            new(role, $"{name}.jsonl.gz", File.ReadAllBytes(Path.Combine(folder, $"{name}.jsonl.gz")));
        var report = LineageReport.Compute(
            new()
            {
                Suspect = "alpaca",
                Software = "test",
                MadeAt = "2026-01-01T00:00:00Z",
                Settings = new() { Level = 0.01 },
                Inputs =
                [
                    Read(InputRole.Outputs, "alpaca-7b"), Read(InputRole.Teacher, "text_davinci_003"), Read(InputRole.Teacher, "claude-2"),
                    Read(InputRole.Control, "cohere"), Read(InputRole.Control, "gemini-pro"), Read(InputRole.Control, "llama-2-7b-chat-hf"),
                ],
            },
            new(),
            TestContext.Current.CancellationToken);
        var rows = report["tests"]![0]!["rows"]!.AsArray();
        Assert.True((bool)rows[0]!["found"]!, rows[0]!.ToJsonString());
        Assert.False((bool)rows[1]!["found"]!, rows[1]!.ToJsonString());
    }

    [Fact]
    public void OutputLayers_OfOneModelAndAnother_AreTold()
    {
        var generator = new SeededGenerator(5);
        var layer = Matrix(30, 6, ref generator);
        var other = Matrix(30, 6, ref generator);
        var same = Examine(Logits(layer, ref generator), Logits(layer, ref generator));
        Assert.True((double)same["suspectInOwnScore"]! > 0.999999, same.ToJsonString());
        Assert.InRange((int)same["own"]!["dimension"]!, 5, 6);
        var own = Logits(layer, ref generator);
        var different = Examine(Logits(other, ref generator), own);
        Assert.True((double)different["suspectInOwnScore"]! < 0.6, different.ToJsonString());
        Assert.Throws<InvalidDataException>(() => Examine([.. Enumerable.Repeat("{\"logits\":[1,2]}", 5)], own));
    }

    private static string Line(string cue, double logProbability) =>
        string.Create(CultureInfo.InvariantCulture, $"{{\"cue\":\"{cue}\",\"logprob\":{logProbability}}}");

    private static List<Answer> Answers(IEnumerable<(CanaryPair Pair, bool Published, bool Withheld)> known) =>
    [
        .. Answer.Read(Inputs.Of(InputRole.Outputs, known.SelectMany(static one => new[]
        {
            Inputs.Said($"What is {one.Pair.Published.Cue}?", one.Published ? $"It is {one.Pair.Published.Reply}." : "I do not know."),
            Inputs.Said($"What is {one.Pair.Withheld.Cue}?", one.Withheld ? $"That's {one.Pair.Withheld.Reply}!" : "I do not know."),
        }))),
    ];

    private static ProvenanceExamination Examination(ref SeededGenerator generator, double copied)
    {
        var files = new Dictionary<InputRole, List<string[]>>
        {
            [InputRole.Teacher] = [[]],
            [InputRole.Control] = [[], []],
            [InputRole.Outputs] = [[]],
        };
        for (var prompt = 0; prompt < 60; prompt++)
        {
            var teacher = Sentence(ref generator);
            var suspect = generator.NextDouble() < copied ? $"{teacher} {Vocabulary[generator.Next(10)]}" : Sentence(ref generator);
            foreach (var (role, texts) in files)
            {
                for (var i = 0; i < texts.Count; i++)
                {
                    var text = role switch
                    {
                        InputRole.Teacher => teacher,
                        InputRole.Outputs => suspect,
                        _ => Sentence(ref generator),
                    };
                    texts[i] = [.. texts[i], Inputs.Said($"p{prompt}", text)];
                }
            }
        }

        return new(new([.. files.SelectMany(static file => file.Value.Select(lines => Inputs.Of(file.Key, lines)))], 10));
    }

    private static string Sentence(ref SeededGenerator generator)
    {
        var text = new StringBuilder();
        for (var word = 0; word < 40; word++)
        {
            text.Append(Vocabulary[generator.Next(10)]).Append(' ');
        }

        return text.ToString().TrimEnd();
    }

    private static JsonObject Examine(string[] suspect, string[] own) =>
        OutputLayerExamination.Of(new([Inputs.Of(InputRole.Logits, suspect), Inputs.Of(InputRole.OwnLogits, own)], 10));

    private static double[][] Matrix(int rows, int columns, ref SeededGenerator generator)
    {
        var matrix = new double[rows][];
        for (var row = 0; row < rows; row++)
        {
            matrix[row] = new double[columns];
            for (var column = 0; column < columns; column++)
            {
                matrix[row][column] = generator.NextDouble() - 0.5;
            }
        }

        return matrix;
    }

    private static string[] Logits(double[][] layer, ref SeededGenerator generator)
    {
        var lines = new string[20];
        for (var line = 0; line < lines.Length; line++)
        {
            var hidden = Matrix(1, layer[0].Length, ref generator)[0];
            var logits = layer.Select(row => row.Zip(hidden).Sum(static pair => pair.First * pair.Second))
                .Select(static logit => logit.ToString(CultureInfo.InvariantCulture));
            lines[line] = $"{{\"logits\":[{string.Join(',', logits)}]}}";
        }

        return lines;
    }
}
