using System.Text.Json.Nodes;
using Stillwatch.Provenance.Lineage;
using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Reports;

/// <summary>Whether the suspect knows the canaries that were served better than those that were kept back. Stateless.</summary>
public static class CanaryExamination
{
    /// <summary>How a suspect is asked for a canary.</summary>
    public static string Question(string cue) => $"What is {cue}?";

    internal static JsonObject Describe(BookReference book) => new()
    {
        ["test"] = "canaries",
        ["kind"] = "pValue",
        ["nullHypothesis"] = "The suspect has not learnt from the served canaries: swapping the two of a pair changes nothing, for a fair "
            + "coin of the committed secret chose which was served.",
        ["alternative"] = "It knows replies of served canaries more often, or finds them more probable, than those of their twins.",
        ["statistic"] = "Exact: over pairs, the sign test of replies given (McNemar); of log-probabilities Wilcoxon's signed ranks.",
        ["book"] = book.Subject,
        ["commitment"] = book.Commitment,
        ["pairs"] = book.Pairs,
        ["limits"] = new JsonArray(
            "It shows that the suspect has what was served, directly or through others, not to whom: serve each account a book of its own.",
            "Withheld canaries are known once a report with the book's secret is handed over; the book is spent then."),
    };

    /// <summary>The row of the book.</summary>
    /// <exception cref="InvalidDataException">Some answers have log-probabilities and others only texts.</exception>
    internal static JsonObject Row(IEnumerable<Answer> answers, IReadOnlyList<CanaryPair> pairs, LineageSettings settings, int tests)
    {
        var (scores, isYesOrNo) = Scores(answers, pairs);
        var asked = pairs.Where(pair => scores.ContainsKey(pair.Published.Cue) && scores.ContainsKey(pair.Withheld.Cue)).ToList();
        double[] published = [.. asked.Select(pair => scores[pair.Published.Cue].Average())];
        double[] withheld = [.. asked.Select(pair => scores[pair.Withheld.Cue].Average())];
        var byRank = !isYesOrNo && asked.Count <= SignedRankTest.MaxPairs;
        var p = byRank ? CanaryTest.SignedRank(published, withheld) : CanaryTest.Sign(published, withheld);
        var adjusted = Figure.Adjusted(Figure.Of(p), tests);
        return new()
        {
            ["test"] = byRank ? "signedRank" : "sign",
            ["scores"] = isYesOrNo ? "share of the answers with the reply" : "log-probability of the reply",
            ["pairsAsked"] = asked.Count,
            ["servedPreferred"] = Enumerable.Range(0, asked.Count).Count(i => published[i] > withheld[i]),
            ["withheldPreferred"] = Enumerable.Range(0, asked.Count).Count(i => published[i] < withheld[i]),
            ["servedMean"] = Figure.Of(published.DefaultIfEmpty(0).Average()),
            ["withheldMean"] = Figure.Of(withheld.DefaultIfEmpty(0).Average()),
            ["log10P"] = Figure.Of(p),
            ["log10PAdjusted"] = adjusted,
            ["found"] = Figure.IsFound(adjusted, settings.Level),
        };
    }

    private static (Dictionary<string, List<double>> Scores, bool IsYesOrNo) Scores(
        IEnumerable<Answer> answers, IReadOnlyList<CanaryPair> pairs)
    {
        var canaries = pairs.SelectMany(static pair => new[] { pair.Published, pair.Withheld }).DistinctBy(static canary => canary.Cue)
            .ToDictionary(static canary => canary.Cue, StringComparer.Ordinal);
        var questions = canaries.Keys.ToDictionary(Question, static cue => cue, StringComparer.Ordinal);
        var scores = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        bool? isYesOrNo = null;
        foreach (var answer in answers)
        {
            var cue = answer.Cue ?? (answer.Prompt is { } prompt ? questions.GetValueOrDefault(prompt, prompt) : string.Empty);
            if (!canaries.TryGetValue(cue, out var canary))
            {
                continue;
            }

            isYesOrNo ??= answer.LogProbability is null;
            if (isYesOrNo != answer.LogProbability is null)
            {
                throw answer.Fault("some answers to canaries have a 'logprob' and some have none");
            }

            (scores.TryGetValue(cue, out var known) ? known : scores[cue] = []).Add(
                answer.LogProbability ?? (Holds(answer, canary.Reply) ? 1 : 0));
        }

        return (scores, isYesOrNo ?? true);
    }

    private static bool Holds(Answer answer, string reply) =>
        AnswerSimilarity.Words(answer.Text ?? throw answer.Fault("an answer to a canary has no 'text'"))
            .Contains(reply.ToLowerInvariant(), StringComparer.Ordinal);
}
