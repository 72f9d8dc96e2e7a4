using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Cli.Output;
using Stillwatch.Cli.Verbs.Marks;

namespace Stillwatch.Cli.Verbs.Lineage;

/// <summary>Asks an OpenAI-compatible API. What may pass is tried again; the key is sent to this address only. Thread-safe.</summary>
/// <param name="options">How it is asked.</param>
/// <param name="key">The API key; null for none.</param>
/// <param name="time">The clock by which it waits.</param>
internal sealed class SuspectApi(SuspectApiOptions options, string? key, TimeProvider time) : IDisposable
{
    private const int MaxAnswerBytes = 16 << 20;
    private const int MaxShownChars = 200;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = MaxAnswerBytes,
    };

    /// <summary>The answer's text.</summary>
    /// <exception cref="SuspectApiException">It gave none, even after the retries.</exception>
    public async Task<string> AskAsync(string prompt, CancellationToken cancellation)
    {
        var wait = FirstWait;
        for (var attempt = 0; ; attempt++)
        {
            var tried = await TryAsync(prompt, cancellation);
            if (tried.Text is not null)
            {
                return tried.Text;
            }

            if (!tried.MayPass || attempt >= options.Retries)
            {
                throw new SuspectApiException(tried.Fault!, tried.EndsAll);
            }

            var pause = tried.Wait ?? wait;
            await Task.Delay(pause < LongestWait ? pause : LongestWait, time, cancellation);
            wait *= 2;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<Attempt> TryAsync(string prompt, CancellationToken cancellation)
    {
        try
        {
            using var request = Request(prompt);
            using var reply = await _http.SendAsync(request, cancellation);
            var body = await reply.Content.ReadAsStringAsync(cancellation);
            if (reply.StatusCode == HttpStatusCode.OK)
            {
                return TextOf(body) is { } text ? new(text) : new(null, "the answer holds no text of a choice", MayPass: true);
            }

            return new(
                null,
                MarkOptions.Text($"status {(int)reply.StatusCode}: {Shown(body)}"),
                MayPass: (int)reply.StatusCode is 408 or 409 or 425 or 429 or >= 500,
                EndsAll: (int)reply.StatusCode is 401 or 403 or 404 or 407,
                WaitOf(reply.Headers.RetryAfter));
        }
        catch (HttpRequestException failure)
        {
            return new(null, failure.Message, MayPass: true);
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new(null, MarkOptions.Text($"no answer within {Patience.TotalSeconds} seconds"), MayPass: true);
        }
    }

    private HttpRequestMessage Request(string prompt)
    {
        var body = new JsonObject
        {
            ["model"] = options.Model, ["max_tokens"] = options.MaxTokens, ["temperature"] = options.Temperature,
        };
        if (options.IsChat)
        {
            body["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = prompt });
        }
        else
        {
            body["prompt"] = prompt;
        }

        var path = options.IsChat ? "chat/completions" : "completions";
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{options.Address.AbsoluteUri.TrimEnd('/')}/{path}"))
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        if (key is not null)
        {
            request.Headers.Authorization = new("Bearer", key);
        }

        return request;
    }

    private TimeSpan? WaitOf(RetryConditionHeaderValue? after) => after switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => null,
    };

    private string? TextOf(string body)
    {
        try
        {
            var choice = JsonNode.Parse(body)?["choices"]?[0];
            return (string?)(options.IsChat ? choice?["message"]?["content"] : choice?["text"]);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private string Shown(string body)
    {
        var text = Printable.Clean(body.ReplaceLineEndings(" "));
        text = key is null ? text : text.Replace(key, "(key)", StringComparison.Ordinal);
        return text.Length > MaxShownChars ? text[..MaxShownChars] : text;
    }

    /// <summary>One try: a text, or what was wrong with it.</summary>
    private readonly record struct Attempt(
        string? Text, string? Fault = null, bool MayPass = false, bool EndsAll = false, TimeSpan? Wait = null);
}
