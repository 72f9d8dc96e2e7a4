using System.Collections.Concurrent;

namespace Stillwatch.Provenance.Extraction;

/// <summary>Which token a text stands for, learnt by making an API say it. Safe from any thread.</summary>
/// <remarks>Bias is given by ids and probabilities by texts; whoever has no tokeniser forces each token once and sees what it is.</remarks>
public sealed class TokenTexts
{
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private int _strangers;

    /// <summary>The token of a text; a negative number, always the same, for a text whose token is not known.</summary>
    public int NumberOf(string text) => _numbers.GetOrAdd(text, _ => -Interlocked.Increment(ref _strangers));

    /// <summary>Learns which texts tokens have.</summary>
    /// <param name="api">The API, reading texts by this.</param>
    /// <param name="tokens">The tokens.</param>
    /// <param name="prompt">A prompt.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The tokens whose text is known, one a text; none where bias has no effect.</returns>
    public async Task<IReadOnlyList<int>> LearnAsync(
        ICompletionApi api, IReadOnlyList<int> tokens, string prompt, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(api);
        ArgumentNullException.ThrowIfNull(tokens);
        var natural = await SaidAsync(api, prompt, [], cancellationToken).ConfigureAwait(false);
        var said = new Dictionary<int, int>();
        foreach (var token in tokens)
        {
            said[token] = await SaidAsync(api, prompt, new() { [token] = BiasedLogprobAttack.Bias }, cancellationToken)
                .ConfigureAwait(false);
        }

        // What is said without bias as well shows no effect of bias; and of two tokens that look alike neither can be told.
        var known = said.Where(one => one.Value != natural && said.Values.Count(other => other == one.Value) == 1).ToList();
        foreach (var (text, number) in _numbers)
        {
            foreach (var (token, _) in known.Where(one => one.Value == number))
            {
                _numbers[text] = token;
            }
        }

        return [.. known.Select(static one => one.Key)];
    }

    private static async Task<int> SaidAsync(
        ICompletionApi api, string prompt, Dictionary<int, double> bias, CancellationToken cancellationToken)
    {
        var reply = await api.CompleteAsync(prompt, bias, 1, 1, cancellationToken).ConfigureAwait(false);
        return reply.Count == 0 ? 0 : reply[0].Token;
    }
}
