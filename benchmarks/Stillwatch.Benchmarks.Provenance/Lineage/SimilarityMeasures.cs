using Stillwatch.Provenance.Lineage;

namespace Stillwatch.Benchmarks.Provenance.Lineage;

/// <summary>Similarities of a suspect's answers to a candidate's, one a prompt, by several measures.</summary>
internal sealed class SimilarityMeasures
{
    private const int SequenceWords = 3;

    private readonly ModelAnswers _models;
    private readonly Dictionary<string, IReadOnlySet<string>[]> _sequences;

    /// <summary>For each prompt, how many models' answers hold a sequence.</summary>
    private readonly Dictionary<string, int>[] _holders;

    public SimilarityMeasures(ModelAnswers models)
    {
        _models = models;
        _sequences = models.Answers.ToDictionary(
            static model => model.Key,
            static model => model.Value.Select(static answer => AnswerSimilarity.Sequences(answer, SequenceWords)).ToArray(),
            StringComparer.Ordinal);
        _holders = [.. Enumerable.Range(0, models.Answers.Values.First().Length).Select(HoldersOf)];
    }

    public static IReadOnlyList<string> Names { get; } = ["first word", "first three words", "shared sequences", "shared rare sequences"];

    public double[] Of(string measure, string suspect, string candidate)
    {
        var (first, second) = (_models.Answers[suspect], _models.Answers[candidate]);
        var (left, right) = (_sequences[suspect], _sequences[candidate]);
        return
        [
            .. Enumerable.Range(0, first.Length).Select(prompt => measure switch
            {
                "first word" => AnswerSimilarity.Opening(first[prompt], second[prompt], 1),
                "first three words" => AnswerSimilarity.Opening(first[prompt], second[prompt], 3),
                "shared sequences" => AnswerSimilarity.Overlap(left[prompt], right[prompt], static _ => 1),
                _ => AnswerSimilarity.Overlap(left[prompt], right[prompt], sequence => Rarity(prompt, sequence)),
            }),
        ];
    }

    private Dictionary<string, int> HoldersOf(int prompt)
    {
        var holders = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var sequence in _sequences.Values.SelectMany(answers => answers[prompt]))
        {
            holders[sequence] = holders.GetValueOrDefault(sequence) + 1;
        }

        return holders;
    }

    /// <summary>Sequences that most models use for this prompt say nothing; those of two models say much.</summary>
    private double Rarity(int prompt, string sequence) => Math.Log((double)_sequences.Count / _holders[prompt][sequence]);
}
