namespace Stillwatch.Provenance.Extraction;

/// <summary>Reads the logits of tokens for each prompt by log-probabilities under bias.</summary>
/// <remarks>
/// Carlini et al., "Stealing part of a production language model", ICML 2024, section 5.1: one anchor and as many targets as the API
/// shows less one get the same bias, so that they are the likeliest; the differences of their log-probabilities are those of their
/// logits. The full outputs of Finlayson et al., "Logits of API-protected LLMs leak proprietary information", 2024, are read so too.
/// </remarks>
public sealed class BiasedLogprobAttack
{
    /// <summary>The most that OpenAI's API takes: more than logits differ.</summary>
    internal const double Bias = 100;

    /// <summary>Alternatives that the API shows.</summary>
    public int Top { get; init; } = 20;

    /// <summary>Requests at once.</summary>
    public int Parallel { get; init; } = 8;

    /// <summary>Runs it.</summary>
    /// <param name="api">The API.</param>
    /// <param name="tokens">The tokens whose logits are read, at least 2; the first is the anchor.</param>
    /// <param name="prompts">The prompts, more than the model's hidden dimension.</param>
    /// <param name="progress">Told how many prompts are done; null for nobody.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<LogitRows> RunAsync(
        ICompletionApi api, IReadOnlyList<int> tokens, IReadOnlyList<string> prompts, Action<int>? progress,
        CancellationToken cancellationToken) =>
        LogitRows.ReadAsync(
            api, tokens, prompts, Parallel, (prompt, token) => ReadAsync(api, tokens, prompt, token), progress, cancellationToken);

    private async Task<double[]> ReadAsync(
        ICompletionApi api, IReadOnlyList<int> tokens, string prompt, CancellationToken cancellationToken)
    {
        var row = Enumerable.Repeat(double.NaN, tokens.Count).ToArray();
        for (var first = 1; first < tokens.Count; first += Top - 1)
        {
            var targets = Enumerable.Range(first, Math.Min(Top - 1, tokens.Count - first));
            var bias = targets.Prepend(0).ToDictionary(at => tokens[at], static _ => Bias);
            var reply = await api.CompleteAsync(prompt, bias, Top, 1, cancellationToken).ConfigureAwait(false);
            var top = reply.Count == 0 ? [] : reply[0].Top.DistinctBy(static one => one.Token)
                .ToDictionary(static one => one.Token, static one => one.Logprob);
            if (!top.TryGetValue(tokens[0], out var anchor))
            {
                continue;
            }

            row[0] = 0;
            foreach (var target in targets)
            {
                row[target] = top.TryGetValue(tokens[target], out var logprob) ? logprob - anchor : double.NaN;
            }
        }

        return row;
    }
}
