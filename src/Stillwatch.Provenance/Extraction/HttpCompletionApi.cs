using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stillwatch.Provenance.Extraction;

/// <summary>An API in the form of OpenAI's completions or chat completions. Safe from any thread.</summary>
/// <param name="client">Its connections; the base address is the API's, without <c>v1</c>.</param>
/// <param name="key">The key that is presented; null for none.</param>
/// <param name="model">The model.</param>
/// <param name="tokenOf">The number of a token's text; null if it is none.</param>
public sealed class HttpCompletionApi(HttpClient client, string? key, string model, Func<string, int?> tokenOf) : ICompletionApi
{
    private const int MaxAttempts = 5;
    private const int MaxSaid = 300;

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(30);

    private long _queries;

    /// <summary>Whether chat completions are asked instead of completions.</summary>
    public bool IsChat { get; init; }

    /// <inheritdoc/>
    public long Queries => Volatile.Read(ref _queries);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CompletedToken>> CompleteAsync(
        string prompt, IReadOnlyDictionary<int, double> bias, int top, int length, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(bias);
        var body = BodyOf(prompt, bias, top, length);
        for (var attempt = 1; ; attempt++)
        {
            Interlocked.Increment(ref _queries);
            using var request = new HttpRequestMessage(
                HttpMethod.Post, new Uri(IsChat ? "/v1/chat/completions" : "/v1/completions", UriKind.Relative))
            {
                Content = JsonContent.Create(body),
            };
            request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
            using var reply = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (reply.StatusCode is HttpStatusCode.TooManyRequests && attempt < MaxAttempts && WaitOf(reply) is { } wait)
            {
                await Task.Delay(wait, cancellationToken).ConfigureAwait(false);
                continue;
            }

            var text = await reply.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return reply.IsSuccessStatusCode ? Read(text) : throw Refused(reply.StatusCode, text);
        }
    }

    private JsonObject BodyOf(string prompt, IReadOnlyDictionary<int, double> bias, int top, int length)
    {
        var body = new JsonObject { ["model"] = model, ["max_tokens"] = length, ["temperature"] = 0 };
        if (IsChat)
        {
            body["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = prompt });
        }
        else
        {
            body["prompt"] = prompt;
        }

        if (top > 0 && IsChat)
        {
            (body["logprobs"], body["top_logprobs"]) = (true, top);
        }
        else if (top > 0)
        {
            body["logprobs"] = top;
        }

        if (bias.Count > 0)
        {
            body["logit_bias"] = new JsonObject(bias.Select(static one =>
                KeyValuePair.Create(one.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)JsonValue.Create(one.Value))));
        }

        return body;
    }

    private static TimeSpan? WaitOf(HttpResponseMessage reply) =>
        reply.Headers.RetryAfter?.Delta is { } wait && wait <= MaxWait ? wait : null;

    private static HttpRequestException Refused(HttpStatusCode status, byte[] text)
    {
        var said = "";
        try
        {
            said = (string?)JsonNode.Parse(text)?["error"]?["message"] ?? "";
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // Then the status has to do.
        }

        said = said.Length > MaxSaid ? said[..MaxSaid] : said;
        return new($"status {(int)status}{(said.Length == 0 ? "" : $": {said}")}", null, status);
    }

    private List<CompletedToken> Read(byte[] text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var choice = json.RootElement.GetProperty("choices")[0];
            var hasLogprobs = choice.TryGetProperty("logprobs", out var logprobs) && logprobs.ValueKind is JsonValueKind.Object;
            return (hasLogprobs, IsChat) switch
            {
                (true, true) when logprobs.GetProperty("content").ValueKind is JsonValueKind.Array =>
                    [.. logprobs.GetProperty("content").EnumerateArray().Select(ReadPosition)],
                (true, false) => ReadLists(logprobs),
                (_, true) => ReadText(choice.GetProperty("message").GetProperty("content")),
                _ => ReadText(choice.GetProperty("text")),
            };
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException or KeyNotFoundException
            or IndexOutOfRangeException or FormatException)
        {
            throw new HttpRequestException($"a reply that cannot be read: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>Without probabilities nothing parts one token from the next: all of the text counts as one.</summary>
    private List<CompletedToken> ReadText(JsonElement text) =>
        text.ValueKind is JsonValueKind.String && text.GetString() is { Length: > 0 } said ? [new(Number(said), null, [])] : [];

    private CompletedToken ReadPosition(JsonElement position) => new(
        Number(position.GetProperty("token").GetString()!),
        position.GetProperty("logprob").GetDouble(),
        [.. position.GetProperty("top_logprobs").EnumerateArray().Select(
            one => new TokenLogprob(Number(one.GetProperty("token").GetString()!), one.GetProperty("logprob").GetDouble()))]);

    private List<CompletedToken> ReadLists(JsonElement logprobs)
    {
        var tokens = new List<CompletedToken>();
        var top = logprobs.GetProperty("top_logprobs");
        var own = logprobs.GetProperty("token_logprobs");
        foreach (var text in logprobs.GetProperty("tokens").EnumerateArray())
        {
            tokens.Add(new(
                Number(text.GetString()!),
                own[tokens.Count].GetDouble(),
                [.. top[tokens.Count].EnumerateObject().Select(one => new TokenLogprob(Number(one.Name), one.Value.GetDouble()))]));
        }

        return tokens;
    }

    private int Number(string text) => tokenOf(text) ?? -1;
}
