namespace Stillwatch.Provenance.Extraction;

/// <summary>Reads a final layer without bias: completes the matrix of logits from the likeliest tokens that replies show.</summary>
/// <remarks>
/// What is left to an attacker whose bias has no effect. A reply of k alternatives gives k - 1 differences and brings as many unknowns as
/// the hidden state has dimensions: with k - 1 of those or more, every further reply leaves more open than it settles, and nothing
/// follows from however many. The attacker is told the dimension.
/// </remarks>
public sealed class HeadCompletionAttack
{
    /// <summary>Alternatives that the API shows.</summary>
    public int Top { get; init; } = 20;

    /// <summary>Requests at once.</summary>
    public int Parallel { get; init; } = 8;

    /// <summary>The hidden dimension.</summary>
    public required int Dimension { get; init; }

    /// <summary>The standard deviation of the noise that the attacker expects.</summary>
    public double ExpectedNoise { get; init; } = 3e-4;

    /// <summary>Beginnings that are tried, since some end in a local minimum. At least 1.</summary>
    public int Starts { get; init; } = 12;

    /// <summary>Iterations of each at most.</summary>
    public int Iterations { get; init; } = 600;

    /// <summary>Runs it.</summary>
    /// <param name="api">The API.</param>
    /// <param name="prompts">The prompts; one request each.</param>
    /// <param name="progress">Told how many prompts are done; null for nobody.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Completed rows, over the tokens that were seen often enough; none where nothing was shown.</returns>
    public async Task<LogitRows> RunAsync(
        ICompletionApi api, IReadOnlyList<string> prompts, Action<int>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(api);
        ArgumentNullException.ThrowIfNull(prompts);
        var before = api.Queries;
        var heads = new IReadOnlyList<TokenLogprob>[prompts.Count];
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellationToken };
        await System.Threading.Tasks.Parallel.ForAsync(0, prompts.Count, options, async (at, token) =>
        {
            var reply = await api.CompleteAsync(prompts[at], new Dictionary<int, double>(), Top, 1, token).ConfigureAwait(false);
            heads[at] = reply.Count == 0 ? [] : reply[0].Top;
            progress?.Invoke(Interlocked.Increment(ref done));
        }).ConfigureAwait(false);
        var shown = heads.Sum(static head => head.Count);
        var (tokens, rows) = Complete(heads, cancellationToken);
        return new(tokens, rows, (double)shown / ((long)prompts.Count * Top), api.Queries - before);
    }

    /// <summary>As many rows as span the space; more would say nothing more.</summary>
    private (IReadOnlyList<int> Tokens, IReadOnlyList<double[]> Rows) Complete(
        IReadOnlyList<TokenLogprob>[] heads, CancellationToken cancellationToken)
    {
        var tokens = heads.SelectMany(static head => head).Where(static one => one.Token >= 0)
            .GroupBy(static one => one.Token).Where(seen => seen.Count() >= 2 * Dimension)
            .Select(static seen => seen.Key).Order().ToList();
        var columns = tokens.Select(static (token, at) => (token, at)).ToDictionary(static one => one.token, static one => one.at);
        var known = heads.Select(head => head.Where(one => columns.ContainsKey(one.Token))
            .Select(one => (Column: columns[one.Token], Value: one.Logprob - head[0].Logprob)).ToArray()).ToList();
        if (tokens.Count <= Dimension)
        {
            return (tokens, []);
        }

        var best = Best(known, tokens.Count, cancellationToken);
        var rows = Enumerable.Range(0, Math.Min(known.Count, 4 * Dimension))
            .Select(row => Enumerable.Range(0, tokens.Count).Select(column => best.At(row, column)).ToArray());
        return (tokens, [.. rows]);
    }

    private MatrixCompletion Best(List<(int Column, double Value)[]> known, int columns, CancellationToken cancellationToken)
    {
        var exact = Math.Max(ExpectedNoise, 1e-3);
        MatrixCompletion? best = null;
        for (var start = 0; start < Starts && !(best?.Residual < exact); start++)
        {
            var ridge = ExpectedNoise * ExpectedNoise / 2;
            var completion = new MatrixCompletion(known, columns, Dimension, ridge, (ulong)start);
            completion.Fit(Iterations, cancellationToken);
            best = best is null || completion.Residual < best.Residual ? completion : best;
        }

        return best!;
    }
}
