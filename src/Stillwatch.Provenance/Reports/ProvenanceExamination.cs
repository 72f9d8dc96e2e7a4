using System.Text.Json.Nodes;
using Stillwatch.Provenance.Lineage;
using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Reports;

/// <summary>Without a mark: whether the suspect answers more like a supposed teacher than like every control.</summary>
internal sealed class ProvenanceExamination
{
    private const int SequenceWords = 3;

    private readonly string[] _prompts;
    private readonly Model _suspect;
    private readonly IReadOnlyList<Model> _teachers;
    private readonly IReadOnlyList<Model> _controls;

    /// <exception cref="InvalidDataException">There is no control, or no prompt that all have answered.</exception>
    public ProvenanceExamination(LineageInputs inputs)
    {
        var suspect = Read("suspect", inputs.Answers(InputRole.Outputs));
        var teachers = inputs.Of(InputRole.Teacher).Select(static file => Read(NameOf(file), Answer.Read(file))).ToList();
        var controls = inputs.Of(InputRole.Control).Select(static file => Read(NameOf(file), Answer.Read(file))).ToList();
        if (controls.Count == 0)
        {
            throw new InvalidDataException("A teacher needs controls beside it: models that could have been the teacher and were not.");
        }

        _prompts =
        [
            .. suspect.Answers.Keys.Where(prompt => teachers.Concat(controls).All(model => model.Answers.ContainsKey(prompt)))
                .Order(StringComparer.Ordinal),
        ];
        if (_prompts.Length == 0)
        {
            throw new InvalidDataException("There is no prompt that the suspect, every teacher and every control have answered.");
        }

        (_suspect, _teachers, _controls) = (Whole(suspect), [.. teachers.Select(Whole)], [.. controls.Select(Whole)]);
    }

    public JsonObject Describe() => new()
    {
        ["test"] = "provenance",
        ["kind"] = "pValue",
        ["nullHypothesis"] = "There is a control to which the suspect's answers are at least as near as to the teacher's: where they "
            + "differ in nearness on a prompt, a fair coin says to which they are nearer.",
        ["alternative"] = "They are nearer to the teacher's answers than to those of every control.",
        ["statistic"] = "Nearness: shared sequences of three words over the geometric mean of both answers' numbers. For each control the "
            + "exact sign test over prompts; p is the largest of them; Holm's correction over teachers.",
        ["prompts"] = _prompts.Length,
        ["limits"] = new JsonArray(
            "It says nearer, not why: relatives of the teacher and models of its style pass too, and so does whoever learnt from the "
            + "same source.",
            "Controls that could not have been the teacher make it easy: choose those that answer in the same style.",
            "Prompts are taken for independent; many of one kind count for more than they are worth.",
            "Style and z are scores: they say whom to test, and are no evidence."),
    };

    /// <summary>The row of each teacher.</summary>
    public JsonArray Rows(LineageSettings settings, int tests)
    {
        var all = _teachers.Select(teacher => _controls.Select(control => Compare(teacher, control)).ToList()).ToList();
        var joint = all.Select(static controls => ProvenanceTest.AgainstAll([.. controls.Select(static control => control.P)])).ToArray();
        var holm = Holm.Adjust(joint);
        var rows = new JsonArray();
        foreach (var (teacher, i) in _teachers.Select(static (teacher, i) => (teacher, i)))
        {
            var adjusted = Figure.Adjusted(Figure.Of(holm[i]), tests);
            rows.Add(new JsonObject
            {
                ["teacher"] = teacher.Name,
                ["meanNearness"] = Figure.Of(Nearness(teacher).Average()),
                ["styleScore"] = Figure.Of(Style(_suspect).SimilarityTo(Style(teacher))),
                ["controls"] = new JsonArray([.. all[i].Select(static control => (JsonNode)control.Row)]),
                ["log10P"] = Figure.Of(joint[i]),
                ["log10PHolm"] = Figure.Of(holm[i]),
                ["log10PAdjusted"] = adjusted,
                ["found"] = Figure.IsFound(adjusted, settings.Level),
            });
        }

        return rows;
    }

    private (PValue P, JsonObject Row) Compare(Model teacher, Model control)
    {
        var (toTeacher, toControl) = (Nearness(teacher), Nearness(control));
        var p = ProvenanceTest.AgainstControl(toTeacher, toControl);
        return (p, new()
        {
            ["control"] = control.Name,
            ["nearer"] = Enumerable.Range(0, _prompts.Length).Count(i => toTeacher[i] > toControl[i]),
            ["farther"] = Enumerable.Range(0, _prompts.Length).Count(i => toTeacher[i] < toControl[i]),
            ["meanNearness"] = Figure.Of(toControl.Average()),
            ["styleScore"] = Figure.Of(Style(_suspect).SimilarityTo(Style(control))),
            ["publishedZScore"] = Figure.Of(ProvenanceTest.PublishedZ(toTeacher.Average(), toControl.Average(), _prompts.Length)),
            ["log10P"] = Figure.Of(p),
        });
    }

    private double[] Nearness(Model other) =>
    [
        .. Enumerable.Range(0, _prompts.Length)
            .Select(i => AnswerSimilarity.Overlap(_suspect.Sequences[i], other.Sequences[i], static _ => 1)),
    ];

    private StyleProfile Style(Model model)
    {
        var profile = new StyleProfile();
        foreach (var prompt in _prompts)
        {
            profile.Add(model.Answers[prompt]);
        }

        return profile;
    }

    private Model Whole(Model model) =>
        model with { Sequences = [.. _prompts.Select(prompt => AnswerSimilarity.Sequences(model.Answers[prompt], SequenceWords))] };

    private static string NameOf(ReportInput file)
    {
        var name = Path.GetFileName(file.Name);
        return name.Split('.') is [var first, ..] && first.Length > 0 ? first : name;
    }

    /// <summary>The first answer to each prompt; answers to canaries are no part of it.</summary>
    private static Model Read(string name, IEnumerable<Answer> answers)
    {
        var byPrompt = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var answer in answers.Where(static answer => answer.Cue is null))
        {
            byPrompt.TryAdd(
                answer.Prompt ?? throw answer.Fault("the comparison with a teacher needs the 'prompt' of every answer"),
                answer.Text ?? throw answer.Fault("the comparison with a teacher needs the 'text' of every answer"));
        }

        return new(name, byPrompt, []);
    }

    private sealed record Model(string Name, Dictionary<string, string> Answers, IReadOnlyList<IReadOnlySet<string>> Sequences);
}
