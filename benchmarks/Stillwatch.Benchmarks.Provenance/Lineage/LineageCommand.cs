using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Benchmarks.Detection.Metrics;
using Stillwatch.Provenance.Lineage;
using Stillwatch.Statistics;

namespace Stillwatch.Benchmarks.Provenance.Lineage;

/// <summary>
/// Teachers of models without marks: each suspect against every candidate, the others as controls; claims at a family-wise level over all.
/// </summary>
internal static class LineageCommand
{
    private const double Level = 0.05;

    /// <summary>Models that could have taught others, by family; no control of a family is of the same family.</summary>
    private static readonly Dictionary<string, string[]> Families = new(StringComparer.Ordinal)
    {
        ["text_davinci_003"] = ["text_davinci_003"],
        ["text_davinci_001"] = ["text_davinci_001"],
        ["gpt-3.5-turbo-"] = ["gpt-3.5-turbo-0301", "gpt-3.5-turbo-0613", "gpt-3.5-turbo-1106"],
        ["gpt4_"] = ["gpt4_0314", "gpt4_0613"],
        ["claude-2"] = ["claude-2"],
        ["gemini-pro"] = ["gemini-pro"],
        ["cohere"] = ["cohere"],
        ["llama-2-"] = ["llama-2-7b-chat-hf", "llama-2-13b-chat-hf", "llama-2-70b-chat-hf"],
    };

    public static int Run(string[] arguments)
    {
        if (new CommandArguments(arguments).Rest is not [var folder])
        {
            throw new UnusableException("lineage needs the folder of shared/data/lineage.");
        }

        var models = ModelAnswers.Read(folder);
        var members = Families.Values.SelectMany(static family => family).ToHashSet(StringComparer.Ordinal);
        var suspects = models.Teachers.Keys.Where(suspect => !members.Contains(suspect)).Order(StringComparer.Ordinal).ToArray();
        Console.WriteLine(
            $"{models.Answers.Count} models, {models.Answers.Values.First().Length} prompts; {suspects.Length} suspects of known descent, "
            + $"{Families.Count} families of candidates.\n");
        var measures = new SimilarityMeasures(models);
        var table = new MarkdownTable(
            "similarity of answers", "nearest family is a teacher", "claims", "of them right",
            "claims against models taught by people alone",
            "published z: claims", "of them right");
        foreach (var measure in SimilarityMeasures.Names)
        {
            Add(table, measure, [.. suspects.Select(suspect => Judge(suspect, measure, measures, models))]);
        }

        table.Write(Console.Out);
        Style(models, suspects);
        return 0;
    }

    private static void Add(MarkdownTable table, string measure, IReadOnlyList<Judgement> judgements)
    {
        var taught = judgements.Where(static judgement => judgement.IsTaught).ToList();
        var adjusted = Holm.Adjust([.. judgements.SelectMany(static judgement => judgement.Tests.Select(static test => test.P))]);
        var flat = judgements
            .SelectMany(static judgement => judgement.Tests.Select(test => (Judgement: judgement, test.Family, test.Z))).ToList();
        var claims = flat.Where((_, i) => adjusted[i].Rejects(Level)).ToList();
        var published = flat.Where(static test => NormalTail.AtLeast(test.Z).Rejects(Level)).ToList();
        table.Add(
            measure,
            $"{taught.Count(static judgement => judgement.IsTeacher(judgement.Nearest))} of {taught.Count}",
            $"{claims.Count}",
            $"{claims.Count(static claim => claim.Judgement.IsTeacher(claim.Family))}",
            $"{claims.Count(static claim => !claim.Judgement.IsTaught)} of {judgements.Count - taught.Count}",
            $"{published.Count}",
            $"{published.Count(static claim => claim.Judgement.IsTeacher(claim.Family))}");
    }

    private static Judgement Judge(string suspect, string measure, SimilarityMeasures measures, ModelAnswers models)
    {
        var families = Families.Select(family => (family.Key, Nearest: family.Value.Where(member => member != suspect)
            .Select(member => measures.Of(measure, suspect, member)).MaxBy(static similarities => similarities.Sum())!)).ToList();
        var tests = families.Select(family =>
        {
            var controls = families.Where(other => other.Key != family.Key).ToList();
            var p = ProvenanceTest.AgainstAll([.. controls.Select(other => ProvenanceTest.AgainstControl(family.Nearest, other.Nearest))]);
            var z = controls.Min(other =>
                ProvenanceTest.PublishedZ(family.Nearest.Average(), other.Nearest.Average(), family.Nearest.Length));
            return (family.Key, p, z);
        }).ToList();
        return new(suspect, models.Teachers[suspect], families.MaxBy(static family => family.Nearest.Sum()).Key, tests);
    }

    private static void Style(ModelAnswers models, string[] suspects)
    {
        var profiles = models.Answers.ToDictionary(static model => model.Key, static model =>
        {
            var profile = new StyleProfile();
            foreach (var answer in model.Value)
            {
                profile.Add(answer);
            }

            return profile;
        });
        var taught = suspects.Where(suspect => models.Teachers[suspect].Count > 0).ToList();
        var right = taught.Count(suspect =>
        {
            var nearest = Families.MaxBy(family => family.Value.Max(member => profiles[suspect].SimilarityTo(profiles[member]))).Key;
            return models.Teachers[suspect].Any(teacher => teacher.StartsWith(nearest, StringComparison.Ordinal));
        });
        Console.WriteLine($"Style, a lead only: the nearest family is a teacher for {right} of {taught.Count}.");
    }
}
