namespace Stillwatch.Provenance.Extraction;

/// <summary>What an attack has read: for each prompt a row of logits, but for a constant.</summary>
/// <param name="Tokens">The tokens that the columns are of.</param>
/// <param name="Rows">A row for each prompt of which all could be read.</param>
/// <param name="Coverage">The share of the values asked for that could be read.</param>
/// <param name="Queries">Requests it took.</param>
public sealed record LogitRows(IReadOnlyList<int> Tokens, IReadOnlyList<double[]> Rows, double Coverage, long Queries)
{
    /// <summary>Reads a row a prompt, some at once; a row with a logit that is not a number could not be read whole.</summary>
    internal static async Task<LogitRows> ReadAsync(
        ICompletionApi api,
        IReadOnlyList<int> tokens,
        IReadOnlyList<string> prompts,
        int parallel,
        Func<string, CancellationToken, Task<double[]>> readRow,
        Action<int>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(api);
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(prompts);
        var before = api.Queries;
        var rows = new double[prompts.Count][];
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, prompts.Count, options, async (at, token) =>
        {
            rows[at] = await readRow(prompts[at], token).ConfigureAwait(false);
            progress?.Invoke(Interlocked.Increment(ref done));
        }).ConfigureAwait(false);
        var read = rows.Sum(static row => row.LongCount(static value => !double.IsNaN(value)));
        return new(
            tokens,
            [.. rows.Where(static row => !row.Any(double.IsNaN))],
            (double)read / ((long)prompts.Count * tokens.Count),
            api.Queries - before);
    }
}
