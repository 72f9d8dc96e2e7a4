using Stillwatch.Cli.Output;
using Stillwatch.Provenance.Extraction;

namespace Stillwatch.Cli.Verbs.Selftest;

/// <summary>Tries the published attacks on a running API, as somebody would who has a key and nothing else.</summary>
internal sealed class RemoteExtraction(RemoteTarget target, IWorkDisplay display)
{
    private const string Served = "as served";

    /// <summary>Any ids serve; the first ones of tokenisers are often bytes that are no text.</summary>
    private const int FirstToken = 100;

    private const int MostAlternatives = 20;
    private const int Words = 10_000;
    private const int Parallel = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly Dictionary<int, double> NoBias = [];

    /// <exception cref="UnusableException">The API cannot be reached, or refuses.</exception>
    public async Task<RemoteReport> RunAsync(CancellationToken cancellation)
    {
        using var handler = new SocketsHttpHandler { UseProxy = !target.Address.IsLoopback };
        using var client = new HttpClient(handler) { BaseAddress = target.Address, Timeout = Patience };
        try
        {
            return await AttackAsync(client, cancellation);
        }
        catch (HttpRequestException refused)
        {
            throw new UnusableException($"{target.Address} cannot be attacked: {refused.Message}{HintOf(refused)}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new UnusableException($"{target.Address} cannot be attacked: it does not answer within {Patience.TotalSeconds:0} s.");
        }
    }

    private static string HintOf(HttpRequestException refused) => (int?)refused.StatusCode switch
    {
        401 => " (the key is read from the variable that --key-env names)",
        403 => " (where all is refused nothing can be read: lift the challenge or block, and set the step that is to be tried)",
        404 => " (--address is the API without /v1; --model and --api have to fit it)",
        429 => " (the limits of this key are too low for the self-test)",
        _ => "",
    };

    private async Task<RemoteReport> AttackAsync(HttpClient client, CancellationToken cancellation)
    {
        var texts = new TokenTexts();
        var api = new HttpCompletionApi(client, target.Key, target.Model, text => texts.NumberOf(text)) { IsChat = target.IsChat };
        var tokens = Enumerable.Range(FirstToken, target.Tokens).ToList();
        var prompts = AttackPrompts.Create(target.Prompts, Words, target.Seed);
        display.Report("forcing tokens by bias", 0, null, "requests");
        var shown = await api.CompleteAsync(prompts[0], NoBias, MostAlternatives, 1, cancellation);
        var forced = await texts.LearnAsync(api, tokens, prompts[0], cancellation);
        var learning = api.Queries;

        // Where bias does nothing the attacks are run all the same: that they read nothing is then seen, not concluded.
        var used = forced.Count > 1 ? forced : tokens;
        var share = (double)used.Count / tokens.Count;
        var logprobs = await new BiasedLogprobAttack { Parallel = Parallel }.RunAsync(
            api, used, prompts, done => display.Report("log-probabilities", done, prompts.Count, "prompts"), cancellation);
        var argmax = await new ArgmaxAttack { Parallel = Parallel }.RunAsync(
            api, used, prompts, done => display.Report("argmax", done, prompts.Count, "prompts"), cancellation);
        return new(
            target, shown.Count == 0 ? 0 : shown[0].Top.Count, forced.Count,
            [Trial("log-probabilities", logprobs, share, learning), Trial("argmax", argmax, share, learning)],
            Disagreement(logprobs, argmax));
    }

    private static ExtractionTrial Trial(string attack, LogitRows rows, double share, long learning)
    {
        var layer = new RecoveredLayer(rows);
        return new(attack, Served, 1, layer.Dimension, layer.Gap, rows.Coverage * share, rows.Queries + learning);
    }

    /// <summary>Both relative to the first token; the rows of the one are those of the other if both are whole.</summary>
    private static double? Disagreement(LogitRows one, LogitRows other)
    {
        if (one.Rows.Count == 0 || one.Rows.Count != other.Rows.Count)
        {
            return null;
        }

        var differences = one.Rows.Zip(other.Rows, static (left, right) =>
            left.Zip(right, (a, b) => a - left[0] - (b - right[0])).Skip(1)).SelectMany(static row => row);
        return Math.Sqrt(differences.Average(static difference => difference * difference));
    }
}
