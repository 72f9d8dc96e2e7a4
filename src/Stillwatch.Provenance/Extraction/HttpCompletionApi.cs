using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stillwatch.Provenance.Extraction;

/// <summary>An API in the form of OpenAI's completions. Safe from any thread.</summary>
/// <param name="client">Its connections; the base address is the API's.</param>
/// <param name="key">The key that is presented; null for none.</param>
/// <param name="model">The model.</param>
/// <param name="tokenOf">The number of a token's text; null if it is none.</param>
public sealed class HttpCompletionApi(HttpClient client, string? key, string model, Func<string, int?> tokenOf) : ICompletionApi
{
    private long _queries;

    /// <inheritdoc/>
    public long Queries => Volatile.Read(ref _queries);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CompletedToken>> CompleteAsync(
        string prompt, IReadOnlyDictionary<int, double> bias, int top, int length, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bias);
        Interlocked.Increment(ref _queries);
        var body = new JsonObject { ["model"] = model, ["prompt"] = prompt, ["max_tokens"] = length, ["temperature"] = 0 };
        if (top > 0)
        {
            body["logprobs"] = top;
        }

        if (bias.Count > 0)
        {
            body["logit_bias"] = new JsonObject(bias.Select(static one =>
                KeyValuePair.Create(one.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)JsonValue.Create(one.Value))));
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/completions", UriKind.Relative))
        {
            Content = JsonContent.Create(body),
        };
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using var reply = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        reply.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await reply.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        return Read(json.RootElement.GetProperty("choices")[0]);
    }

    private List<CompletedToken> Read(JsonElement choice)
    {
        var tokens = new List<CompletedToken>();
        if (choice.TryGetProperty("logprobs", out var logprobs) && logprobs.ValueKind is JsonValueKind.Object)
        {
            var top = logprobs.GetProperty("top_logprobs");
            var own = logprobs.GetProperty("token_logprobs");
            foreach (var text in logprobs.GetProperty("tokens").EnumerateArray())
            {
                tokens.Add(new(
                    tokenOf(text.GetString()!) ?? -1,
                    own[tokens.Count].GetDouble(),
                    [.. top[tokens.Count].EnumerateObject().Select(
                        one => new TokenLogprob(tokenOf(one.Name) ?? -1, one.Value.GetDouble()))]));
            }

            return tokens;
        }

        foreach (var word in choice.GetProperty("text").GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            tokens.Add(new(tokenOf(word) ?? -1, null, []));
        }

        return tokens;
    }
}
