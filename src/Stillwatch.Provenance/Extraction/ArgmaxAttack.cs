namespace Stillwatch.Provenance.Extraction;

/// <summary>Reads logits without any probabilities: by the bias at which a token becomes the likeliest.</summary>
/// <remarks>Carlini et al., 2024, section 6: a binary search for each token.</remarks>
public sealed class ArgmaxAttack
{
    /// <summary>The most that OpenAI's API takes: more than logits differ.</summary>
    private const double MaxBias = 100;

    /// <summary>Steps of a search: the last ones are a ten-thousandth of a nat wide.</summary>
    private const int Steps = 20;

    private static readonly Dictionary<int, double> NoBias = [];

    /// <summary>Requests at once.</summary>
    public int Parallel { get; init; } = 8;

    /// <summary>Runs it.</summary>
    /// <param name="api">The API.</param>
    /// <param name="tokens">The tokens whose logits are read; more than the model's hidden dimension.</param>
    /// <param name="prompts">The prompts, more than the model's hidden dimension.</param>
    /// <param name="progress">Told how many prompts are done; null for nobody.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<LogitRows> RunAsync(
        ICompletionApi api, IReadOnlyList<int> tokens, IReadOnlyList<string> prompts, Action<int>? progress,
        CancellationToken cancellationToken) =>
        LogitRows.ReadAsync(
            api, tokens, prompts, Parallel, (prompt, token) => ReadAsync(api, tokens, prompt, token), progress, cancellationToken);

    private static async Task<double[]> ReadAsync(
        ICompletionApi api, IReadOnlyList<int> tokens, string prompt, CancellationToken cancellationToken)
    {
        var reference = await LikeliestAsync(api, prompt, NoBias, cancellationToken).ConfigureAwait(false);
        var row = new double[tokens.Count];
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = tokens[i] == reference ? 0 : await SearchAsync(api, prompt, tokens[i], cancellationToken).ConfigureAwait(false);
        }

        return row;
    }

    private static async Task<double> SearchAsync(ICompletionApi api, string prompt, int token, CancellationToken cancellationToken)
    {
        var bias = new Dictionary<int, double> { [token] = MaxBias };
        if (await LikeliestAsync(api, prompt, bias, cancellationToken).ConfigureAwait(false) != token)
        {
            return double.NaN;
        }

        var (low, high) = (0.0, MaxBias);
        for (var step = 0; step < Steps; step++)
        {
            var middle = (low + high) / 2;
            bias[token] = middle;
            var wins = await LikeliestAsync(api, prompt, bias, cancellationToken).ConfigureAwait(false) == token;
            (low, high) = wins ? (low, middle) : (middle, high);
        }

        return -(low + high) / 2;
    }

    private static async Task<int> LikeliestAsync(
        ICompletionApi api, string prompt, Dictionary<int, double> bias, CancellationToken cancellationToken)
    {
        var reply = await api.CompleteAsync(prompt, bias, 0, 1, cancellationToken).ConfigureAwait(false);
        return reply.Count == 0 ? -1 : reply[0].Token;
    }
}
