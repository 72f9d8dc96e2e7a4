using Stillwatch.Gateway.Responses;
using Stillwatch.Provenance.Extraction;
using Stillwatch.Provenance.Laboratory;

namespace Stillwatch.Cli.Verbs.Selftest;

/// <summary>
/// An API whose log-probabilities have the gateway's noise on them, but that keeps bias: how far noise goes by itself.
/// </summary>
internal sealed class NoisyApi(ICompletionApi api, LogprobNoise noise) : ICompletionApi
{
    public long Queries => api.Queries;

    public async Task<IReadOnlyList<CompletedToken>> CompleteAsync(
        string prompt, IReadOnlyDictionary<int, double> bias, int top, int length, CancellationToken cancellationToken)
    {
        var tokens = await api.CompleteAsync(prompt, bias, top, length, cancellationToken);
        return [.. tokens.Select(token => token with { Top = Noisy(prompt, token.Top) })];
    }

    private List<TokenLogprob> Noisy(string prompt, IReadOnlyList<TokenLogprob> top)
    {
        var values = noise.Apply(
            prompt, [.. top.Select(static one => NumberedTokens.TextOf(one.Token))], [.. top.Select(static one => one.Logprob)]);
        return [.. top.Select((one, at) => one with { Logprob = values[at] })];
    }
}
