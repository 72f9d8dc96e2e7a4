using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Lineage;

/// <summary>
/// How a model writes, apart from what about: frequencies of sequences of function words, with content words and punctuation as classes. A
/// lead to whom to test, never evidence: relatives and imitators look alike. One writer.
/// </summary>
/// <remarks>After syntactic templates ("Who taught you that?", 2025, arXiv 2502.06659), with word classes in place of a tagger.</remarks>
public sealed class StyleProfile
{
    private const int Length = 4;

    private static readonly HashSet<string> FunctionWords = new(
        ("a an the and or but if then than so as of in on at by for to from with without about into over after before between "
        + "through during is are was were be been being am "
        + "do does did has have had can could will would shall should may might must not no nor i you he "
        + "she it we they me him her us them my your his its our their this that these those who whom which what "
        + "when where why how all any each both some such more most other only also too very just there here up down out off again once "
        + "because while until").Split(' '),
        StringComparer.Ordinal);

    private readonly Dictionary<string, int> _templates = new(StringComparer.Ordinal);

    /// <summary>Takes in an answer.</summary>
    public void Add(string answer)
    {
        var shapes = AnswerSimilarity.Words(answer).Select(static word => FunctionWords.Contains(word) ? word : Class(word)).ToArray();
        for (var end = Length; end <= shapes.Length; end++)
        {
            var template = string.Join(' ', shapes[(end - Length)..end]);
            _templates[template] = _templates.GetValueOrDefault(template) + 1;
        }
    }

    /// <summary>1 less the Jensen-Shannon divergence of the two profiles in bits: 1 for equal ones, 0 for disjoint ones. A score.</summary>
    public double SimilarityTo(StyleProfile other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (_templates.Count == 0 || other._templates.Count == 0)
        {
            return 0;
        }

        var all = _templates.Keys.Union(other._templates.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return 1 - JensenShannonDivergence.Of(Frequencies(all), other.Frequencies(all));
    }

    private double[] Frequencies(string[] templates) => [.. templates.Select(template => (double)_templates.GetValueOrDefault(template))];

    /// <summary>Numbers apart, other words by their ending, which tells much of what part of speech they are.</summary>
    private static string Class(string word) => word switch
    {
        _ when char.IsDigit(word[0]) => "#",
        [.., 'i', 'n', 'g'] => "-ing",
        [.., 'e', 'd'] => "-ed",
        [.., 'l', 'y'] => "-ly",
        [.., 's'] => "-s",
        _ => "-",
    };
}
