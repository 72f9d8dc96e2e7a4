using System.Globalization;
using System.Text.Json.Nodes;
using Stillwatch.Provenance.Reports;
using Stillwatch.Provenance.Tests.Lineage;
using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;
using Stillwatch.Tests.Statistics;

namespace Stillwatch.Provenance.Tests.Reports;

public sealed class LineageReportTests
{
    private static readonly MarkovModel Teacher = MarkovModel.Draw(60, seed: 1);

    [Fact]
    public void MarkRow_OverRandomKeys_IsSuperUniformAndItsEValueFair()
    {
        var examination = Examination(Teacher.Write(400, seed: 2), Teacher.Write(2000, seed: 3));
        NullCalibration.AssertSuperUniform(
            61,
            (ref SeededGenerator generator) => PValue.FromLog10(Figure(examination, generator.NextUInt64(), "log10PAdjusted")),
            nulls: 600);
        NullCalibration.AssertExpectationAtMostOne(
            62, (ref SeededGenerator generator) => EValue.FromLog10(Figure(examination, generator.NextUInt64(), "log10E")), nulls: 600);
        NullCalibration.AssertSuperUniform(
            63,
            (ref SeededGenerator generator) =>
                PValue.FromLog10((double)Row(examination, generator.NextUInt64())["eProcess"]!["log10PAnytime"]!),
            nulls: 600);
    }

    [Theory]
    [InlineData(1, "mark")]
    [InlineData(40, "tracing")]
    public void Report_OfAStudent_FindsTheKeyAndNoOther(int keys, string test)
    {
        var marks = Marks(keys);
        var culprit = keys / 2;
        var marked = Teacher.Write(60_000, 7, marks[culprit].Bits);
        var said = MarkovModel.Train(marked, Teacher, 30).Write(30_000, seed: 8);
        var report = Compute(marks, [Outputs(said), Reference()], withSecrets: true);
        var only = Assert.Single(report["tests"]!.AsArray())!;
        Assert.Equal(test, (string)only["test"]!);
        Assert.Equal([culprit], Found(only));
        var innocent = Compute(marks, [Outputs(Teacher.Write(30_000, seed: 9)), Reference()], withSecrets: true);
        Assert.Empty(Found(innocent["tests"]![0]!));
    }

    /// <summary>A customer's row follows from that customer's key alone, so that nobody else's has to be given out.</summary>
    [Fact]
    public void Row_OfOneKey_IsTheSameWithoutTheOthers()
    {
        var marks = Marks(12);
        var inputs = new[] { Outputs(Teacher.Write(5_000, 7, marks[3].Bits)), Reference() };
        var whole = Compute(marks, inputs, withSecrets: true)["tests"]![0]!["rows"]!;
        var secrets = new LineageSecrets { Marks = new Dictionary<string, KeyedGreenBits> { [marks[3].Id] = marks[3].Bits } };
        var part = LineageReport.Compute(Request(marks, inputs), secrets, TestContext.Current.CancellationToken)["tests"]![0]!["rows"]!;
        Assert.True(JsonNode.DeepEquals(whole[3], part[3]));
        Assert.True((bool)part[4]![LineageReport.SecretMissing]!);
        Assert.Null(part[4]!["log10P"]);
    }

    [Fact]
    public void Report_WithMarkedTextsAndProbabilities_ShowsEveryWeighting()
    {
        var marks = Marks(1);
        var marked = Teacher.Write(20_000, 7, marks[0].Bits);
        var student = MarkovModel.Train(marked, Teacher, 30);
        var rows = Enumerable.Range(0, 60).Select(context => Row(context, student)).ToList();
        var plain = Enumerable.Range(0, 60).Select(context => Row(context, Teacher)).ToList();
        var report = Compute(
            marks,
            [
                Outputs(student.Write(5_000, seed: 8)),
                Reference(),
                Inputs.Of(InputRole.Marked, Inputs.Tokens(marked)),
                Inputs.Of(InputRole.Probabilities, rows),
                Inputs.Of(InputRole.ReferenceProbabilities, plain),
            ],
            withSecrets: true);
        var row = report["tests"]![0]!["rows"]![0]!;
        var shown = row["weightings"]!.AsArray()
            .ToDictionary(static one => (string)one!["weighting"]!, static one => (double)one!["log10E"]!);
        Assert.Equal(
            ["byFrequency", "calibratedByFrequency", "count", "difference", "logRatio", "standardizedCount", "supervised"],
            shown.Keys.Order());
        Assert.True((bool)row["found"]!);
        Assert.True(shown["difference"] > shown["standardizedCount"]);
    }

    [Fact]
    public void Precommitment_AfterTheFirstOutputOrAbsent_IsSaidPlainly()
    {
        var marks = Marks(1);
        var outputs = Inputs.Of(InputRole.Outputs, "{\"tokens\":[1,2,3],\"at\":\"2026-03-01T00:00:00Z\"}");
        var without = Compute(marks, [outputs], withSecrets: true);
        Assert.Contains("have no commitment in a log here", without["limits"]![0]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("not before the first output", OrderOf(marks, outputs, "2026-03-02", null));
        var late = Compute(marks, [outputs], withSecrets: true, Precommitted(marks[0], "2026-03-02", null))["limits"]!.ToJsonString();
        Assert.Contains("Of 1 commitments, 1 are not from before the first output", late, StringComparison.Ordinal);
        Assert.DoesNotContain("have no commitment", late, StringComparison.Ordinal);
        var byClock = OrderOf(marks, outputs, "2026-02-01", "2026-03-05");
        Assert.StartsWith("before the first output, by the clocks", byClock, StringComparison.Ordinal);
        var byStamp = OrderOf(marks, outputs, "2026-02-01", "2026-02-05");
        Assert.StartsWith("before the first output, by the timestamp", byStamp, StringComparison.Ordinal);
        var undated = Inputs.Of(InputRole.Outputs, "{\"tokens\":[1,2,3]}");
        Assert.StartsWith("unknown", OrderOf(marks, undated, "2026-02-01", null), StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_ReadFromAReport_AreThoseItWasMadeWith()
    {
        var marks = Marks(3);
        var request = Request(marks, [Outputs([1, 2, 3])]);
        var read = LineageReport.SettingsOf(LineageReport.Compute(request, new(), TestContext.Current.CancellationToken));
        Assert.Equal(request.Settings.Marks, read.Marks);
        Assert.Equal((1e-6, 1, 5000), (read.Level, read.Width, read.Vocabulary));
        Assert.Throws<InvalidDataException>(() => LineageReport.SettingsOf(new() { ["settings"] = 3 }));
    }

    [Fact]
    public void Text_OfAReport_StatesHypothesesFigureAndLimits()
    {
        var text = LineageText.Write(Compute(Marks(1), [Outputs(Teacher.Write(500, seed: 3))], withSecrets: true));
        Assert.Contains("not found: corrected p = ", text, StringComparison.Ordinal);
        Assert.Contains("null         The suspect is independent of the key", text, StringComparison.Ordinal);
        Assert.Contains("Of 1 keys and books, 1 have no commitment in a log here", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), static line => Assert.True(line.Length <= 160, line));
    }

    private static string OrderOf(MarkReferenceWithBits[] marks, ReportInput outputs, string at, string? stamped)
    {
        var request = Request(marks, [outputs]) with { Precommitments = [Precommitted(marks[0], at, stamped)] };
        return (string)LineageReport.Compute(request, new())["precommitments"]![0]!["order"]!;
    }

    private static Precommitment Precommitted(MarkReferenceWithBits mark, string at, string? stamped) =>
        new("mark/x", mark.Commitment, "example.com/log", 3, 9, Time(at), stamped is null ? null : Time(stamped));

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static MarkExamination Examination(int[] said, int[] plain) => new(
        new([Outputs(said), Inputs.Of(InputRole.Reference, Inputs.Tokens(plain))], 100),
        new() { Width = 1, Marks = [new("a", "b")] });

    private static double Figure(MarkExamination examination, ulong key, string member) => (double)Row(examination, key)[member]!;

    private static JsonObject Row(MarkExamination examination, ulong key)
    {
        using var bits = Key(key);
        return examination.Row(new("a", "b"), bits, tests: 1);
    }

    private static string Row(int context, MarkovModel model)
    {
        var logarithms = model.Row(context).Select(static p => Math.Log(p).ToString(CultureInfo.InvariantCulture));
        return string.Create(CultureInfo.InvariantCulture, $"{{\"context\":[{context}],\"logprobs\":[{string.Join(',', logarithms)}]}}");
    }

    private static IEnumerable<int> Found(JsonNode test) => test["rows"]!.AsArray()
        .Select(static (row, i) => (Found: (bool)row!["found"]!, i)).Where(static row => row.Found).Select(static row => row.i);

    private static ReportInput Outputs(int[] said) => Inputs.Of(InputRole.Outputs, Inputs.Tokens(said));

    private static ReportInput Reference() => Inputs.Of(InputRole.Reference, Inputs.Tokens(Teacher.Write(50_000, seed: 4)));

    private static JsonObject Compute(
        MarkReferenceWithBits[] marks, IReadOnlyList<ReportInput> inputs, bool withSecrets, params Precommitment[] precommitments) =>
        LineageReport.Compute(
            Request(marks, inputs) with { Precommitments = precommitments },
            withSecrets ? new() { Marks = marks.ToDictionary(static mark => mark.Id, static mark => mark.Bits) } : new());

    private static LineageRequest Request(MarkReferenceWithBits[] marks, IReadOnlyList<ReportInput> inputs) => new()
    {
        Suspect = "s",
        Software = "test",
        MadeAt = "2026-01-01T00:00:00Z",
        Settings = new() { Width = 1, Marks = [.. marks.Select(static mark => new MarkReference(mark.Id, mark.Commitment))] },
        Inputs = inputs,
    };

    private static MarkReferenceWithBits[] Marks(int number) =>
        [.. Enumerable.Range(0, number).Select(static i => new MarkReferenceWithBits($"id{i}", $"commitment{i}", Key((ulong)i + 100)))];

    private static KeyedGreenBits Key(ulong number)
    {
        var key = new byte[16];
        BitConverter.TryWriteBytes(key, number);
        key[15] = 1;
        return new(key, 1);
    }

    private sealed record MarkReferenceWithBits(string Id, string Commitment, KeyedGreenBits Bits);
}
