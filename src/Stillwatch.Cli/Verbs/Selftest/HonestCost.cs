using Stillwatch.Provenance.Extraction;

namespace Stillwatch.Cli.Verbs.Selftest;

/// <summary>What noise does to somebody who uses probabilities honestly.</summary>
/// <param name="Positions">Positions compared.</param>
/// <param name="MeanChange">Mean absolute change of a log-probability, in nats.</param>
/// <param name="PerplexityError">Mean relative error of the perplexity of a completion.</param>
/// <param name="KeptArgmax">Share of positions whose likeliest token is the same.</param>
/// <param name="SameText">Share of completions whose text is the same.</param>
internal sealed record HonestCost(int Positions, double MeanChange, double PerplexityError, double KeptArgmax, double SameText)
{
    private const int Length = 64;
    private const int Top = 5;

    private static readonly Dictionary<int, double> NoBias = [];

    /// <summary>Asks the same of both.</summary>
    public static async Task<HonestCost> MeasureAsync(
        ICompletionApi exact, ICompletionApi perturbed, IReadOnlyList<string> prompts, Action<int> progress,
        CancellationToken cancellation)
    {
        List<double> changes = [], errors = [];
        var (positions, kept, same) = (0, 0, 0);
        foreach (var prompt in prompts)
        {
            var before = await exact.CompleteAsync(prompt, NoBias, Top, Length, cancellation);
            var after = await perturbed.CompleteAsync(prompt, NoBias, Top, Length, cancellation);
            // A cap on replies cuts them; what is left is compared.
            var common = Math.Min(before.Count, after.Count);
            (before, after) = ([.. before.Take(common)], [.. after.Take(common)]);
            same += before.Select(static one => one.Token).SequenceEqual(after.Select(static one => one.Token)) ? 1 : 0;
            progress(errors.Count + 1);
            errors.Add(Math.Abs((Perplexity(after) / Perplexity(before)) - 1));
            for (var i = 0; i < common; i++)
            {
                var values = after[i].Top.ToDictionary(static one => one.Token, static one => one.Logprob);
                changes.AddRange(before[i].Top.Select(one => Math.Abs(one.Logprob - values.GetValueOrDefault(one.Token, double.NaN))));
                kept += Likeliest(before[i]) == Likeliest(after[i]) ? 1 : 0;
                positions++;
            }
        }

        return new(positions, changes.Average(), errors.Average(), (double)kept / positions, (double)same / prompts.Count);
    }

    private static double Perplexity(IReadOnlyList<CompletedToken> tokens) =>
        Math.Exp(-tokens.Average(static one => one.Logprob ?? double.NaN));

    private static int Likeliest(CompletedToken token) => token.Top.MaxBy(static one => one.Logprob).Token;
}
