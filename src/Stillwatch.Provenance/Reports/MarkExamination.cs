using System.Text.Json.Nodes;
using Stillwatch.Provenance.Lineage;
using Stillwatch.Provenance.Watermarking;
using Stillwatch.Statistics;

namespace Stillwatch.Provenance.Reports;

/// <summary>
/// Whether the suspect carries the mark of one key, or of which of many. Every row follows from one key and their number.
/// </summary>
/// <remarks>
/// What decides is one number a key: the mean of the e-values of all weightings that the inputs allow, which is fixed before a key is
/// looked at. Rows are corrected by Bonferroni, not Holm, so that one customer's row can be computed again without the others' keys.
/// </remarks>
internal sealed class MarkExamination
{
    /// <summary>Of many keys, those whose sums stay below so many standard deviations count as no evidence at all.</summary>
    private const double LeastDeviations = 2;

    /// <summary>Contexts times ids of a reference: beyond it a test takes an hour.</summary>
    private const double MaxReferenceCells = 4e11;

    private readonly List<(int[] Prompt, int[] Tokens)> _texts = [];
    private readonly List<(string Name, WeightedPairs Pairs)> _weightings = [];
    private readonly MarkedContexts? _marked;
    private readonly List<(string Name, StratifiedEvidence Evidence)> _stratified = [];
    private readonly LineageSettings _settings;
    private readonly int _withoutPrompt;

    /// <exception cref="InvalidDataException">An input is malformed, or too large for its reference.</exception>
    public MarkExamination(LineageInputs inputs, LineageSettings settings)
    {
        _settings = settings;
        var counts = new ContextCounts(settings.Width);
        foreach (var (prompt, tokens) in inputs.Texts(InputRole.Outputs))
        {
            _withoutPrompt += prompt is null ? 1 : 0;
            _texts.Add((prompt ?? [], tokens));
            counts.Add(prompt, tokens);
        }

        var reference = inputs.Has(InputRole.Reference) ? ReferenceOf(inputs, counts) : null;
        if (counts.Total > 0)
        {
            _weightings.Add(("count", WeightedPairs.Of(counts, Weighting.Count)));
            if (reference is not null)
            {
                _weightings.Add(("standardizedCount", WeightedPairs.Of(counts, Weighting.StandardizedCount, reference)));
            }

            var closed = reference is null ? Weighting.Count : Weighting.StandardizedCount;
            _stratified.Add(("byFrequency", new(counts, closed, reference)));
            if (reference is not null)
            {
                _stratified.Add(("calibratedByFrequency", new(counts, closed, new CalibratedReference(reference, counts))));
            }

            _marked = inputs.Has(InputRole.Marked) ? ContextsOf(inputs) : null;
        }

        if (inputs.Has(InputRole.Probabilities))
        {
            var (difference, logRatio) = ProbabilityRows.Weights(inputs, settings.Width, reference);
            _weightings.AddRange([("difference", difference), ("logRatio", logRatio)]);
        }
    }

    /// <summary>Everything but the rows.</summary>
    public JsonObject Describe() => new()
    {
        ["test"] = _settings.Marks.Count == 1 ? "mark" : "tracing",
        ["kind"] = "eValue",
        ["nullHypothesis"] = "The suspect is independent of the key: whatever it says was fixed without it, so that the colour of each "
            + "distinct (context, token) is a fair coin, independent of the others.",
        ["alternative"] = "It leans to green tokens as a model does that was trained on texts with this mark, directly or through others; "
            + "or, after frequent contexts, away from them, as one does from which the mark was removed too far.",
        ["statistic"] = "For each weighting an e-value: the mean over fixed tilts t of exp(t S - K(t)), S the sum of weights times "
            + "(green - 1/2). 'byFrequency' multiplies those of four strata of contexts, by how often they came, each the mean of "
            + "both directions; 'calibrated' has a reference made to agree with the suspect in single tokens and pairs. "
            + "The mean of all is the evidence; p is one over it. 'published' is the exact binomial tail over distinct pairs; "
            + "'eProcess' may be looked at at any time; both are shown beside and decide nothing.",
        ["weightings"] = new JsonArray([.. Names().Select(static name => (JsonNode)name)]),
        ["width"] = _settings.Width,
        ["answers"] = _texts.Count,
        ["tokens"] = _texts.Sum(static text => (long)text.Tokens.Length),
        ["answersWithoutPrompt"] = _withoutPrompt,
        ["keys"] = _settings.Marks.Count,
        ["limits"] = new JsonArray([.. Limits().Select(static limit => (JsonNode)limit)]),
    };

    /// <summary>The row of one key.</summary>
    public JsonObject Row(MarkReference mark, KeyedGreenBits bits, int tests)
    {
        var row = new JsonObject { ["mark"] = mark.Id, ["commitment"] = mark.Commitment };
        var isOnlyKey = _settings.Marks.Count == 1;
        if (!isOnlyKey && Largest(bits) < LeastDeviations)
        {
            return Judged(row, 0, tests);
        }

        var values = Weigh(bits, row);
        if (isOnlyKey)
        {
            AddPublished(bits, row);
        }

        var evidence = values.Count == 0 ? EValue.One : EValueCombination.Mean([.. values]);
        row["log10E"] = Figure.Of(evidence);
        return Judged(row, Figure.Of(evidence.ToPValue()), tests);
    }

    private JsonObject Judged(JsonObject row, double log10P, int tests)
    {
        var adjusted = Figure.Adjusted(log10P, tests * _settings.Marks.Count);
        row["log10P"] = log10P;
        row["log10PAdjusted"] = adjusted;
        row["found"] = Figure.IsFound(adjusted, _settings.Level);
        return row;
    }

    private double Largest(KeyedGreenBits bits) =>
        _weightings.Select(weighting => weighting.Pairs.Deviation(0.5) is > 0 and var deviation ? weighting.Pairs.Sum(bits) / deviation : 0)
            .Concat(_stratified.Select(stratified => stratified.Evidence.Deviations(bits))).DefaultIfEmpty(0).Max();

    private List<EValue> Weigh(KeyedGreenBits bits, JsonObject row)
    {
        var (values, shown) = (new List<EValue>(), new JsonArray());
        foreach (var (name, pairs) in _weightings)
        {
            var result = pairs.Test(bits);
            values.Add(result.Evidence);
            shown.Add(new JsonObject
            {
                ["weighting"] = name,
                ["pairs"] = pairs.Count,
                ["sum"] = Figure.Of(result.Sum),
                ["deviationsScore"] = Figure.Of(result.Deviations),
                ["log10PBound"] = Figure.Of(result.Test),
                ["log10E"] = Figure.Of(result.Evidence),
            });
        }

        foreach (var (name, stratified) in _stratified)
        {
            var evidence = stratified.Of(bits);
            values.Add(evidence);
            shown.Add(new JsonObject
            {
                ["weighting"] = name,
                ["pairs"] = stratified.Count,
                ["log10E"] = Figure.Of(evidence),
            });
        }

        if (_marked is not null)
        {
            var evidence = SupervisedEvidence.Of(Closed(), _marked, bits);
            values.Add(evidence);
            shown.Add(new JsonObject
            {
                ["weighting"] = "supervised",
                ["contexts"] = _marked.Count,
                ["log10E"] = Figure.Of(evidence),
            });
        }

        row["weightings"] = shown;
        return values;
    }

    private void AddPublished(KeyedGreenBits bits, JsonObject row)
    {
        var (published, process) = (new RadioactivityTest(bits), new GreenEProcess(bits));
        foreach (var (prompt, tokens) in _texts)
        {
            published.AddCompletion(prompt, tokens);
            process.AddCompletion(prompt, tokens);
        }

        var result = published.Result();
        row["published"] = new JsonObject
        {
            ["scored"] = result.Scored,
            ["green"] = result.Green,
            ["repeats"] = result.Repeats,
            ["zScore"] = Figure.Of(result.ZScore),
            ["log10P"] = Figure.Of(result.Test),
        };
        row["eProcess"] = new JsonObject
        {
            ["scored"] = process.Scored,
            ["log10E"] = Figure.Of(process.Wealth),
            ["log10PAnytime"] = Figure.Of(process.AnytimePValue),
        };
    }

    private WeightedPairs Closed() => _weightings.Last(static weighting => weighting.Name is "count" or "standardizedCount").Pairs;

    private IEnumerable<string> Names() =>
    [
        .. _weightings.Select(static weighting => weighting.Name),
        .. _stratified.Select(static stratified => stratified.Name),
        .. _marked is null ? Array.Empty<string>() : ["supervised"],
    ];

    private IEnumerable<string> Limits()
    {
        yield return "It does not say who trained the suspect, nor that it was done knowingly, nor whether it learnt from us or from a "
            + "model or a text that did: public texts that carry the mark give the same.";
        yield return "Who has many marked outputs can imitate the mark. Keys that only one customer's outputs carry narrow that down.";
        yield return "Prompts must have been chosen without the key; contexts that a prompt holds are left out.";
        if (_withoutPrompt > 0)
        {
            yield return LineageInputs.Say(
                $"Of {_withoutPrompt} answers the prompt is not known: if a prompt quoted marked text, its contexts were not left out.");
        }

        if (_marked is not null)
        {
            yield return "The supervised weighting needs whole marked texts whose prompts were chosen without the key.";
        }
    }

    private static CountedReference ReferenceOf(LineageInputs inputs, ContextCounts counts)
    {
        var texts = inputs.ReferenceTexts().ToList();
        var said = counts.Contexts.SelectMany(static context => context.Tokens.Keys);
        var highest = texts.SelectMany(static text => text).Concat(said).DefaultIfEmpty(0).Max();
        return (double)highest * counts.Contexts.Count() <= MaxReferenceCells
            ? new(texts, counts.Width, highest + 1)
            : throw new InvalidDataException(LineageInputs.Say(
                $"{counts.Contexts.Count()} contexts of ids up to {highest} are too many for a reference: test fewer outputs at a time."));
    }

    private MarkedContexts ContextsOf(LineageInputs inputs)
    {
        var contexts = new MarkedContexts(_settings.Width);
        foreach (var (prompt, tokens) in inputs.Texts(InputRole.Marked))
        {
            contexts.Add(prompt, tokens);
        }

        return contexts;
    }
}
