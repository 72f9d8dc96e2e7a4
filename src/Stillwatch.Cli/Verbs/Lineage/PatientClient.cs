using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillwatch.Cli.Output;
using Stillwatch.Cli.Verbs.Marks;

namespace Stillwatch.Cli.Verbs.Lineage;

/// <summary>
/// Posts JSON to a server. What may pass is tried again; answers are bounded; the key is sent to the addresses it is asked to post to, and
/// not on by redirects. Thread-safe.
/// </summary>
/// <param name="key">The API key; null for none.</param>
/// <param name="retries">Times that a request is sent again after a failure that may pass.</param>
/// <param name="time">The clock by which it waits.</param>
internal sealed class PatientClient(string? key, int retries, TimeProvider time) : IDisposable
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

    /// <summary>What is read from the answer.</summary>
    /// <param name="address">Where to post.</param>
    /// <param name="body">What.</param>
    /// <param name="read">Reads the answer; null, or one of the exceptions of reading JSON, where it is not of the form.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="SuspectApiException">There was no answer, even after the retries.</exception>
    public async Task<T> PostAsync<T>(Uri address, JsonObject body, Func<JsonNode?, T?> read, CancellationToken cancellation)
        where T : class
    {
        var wait = FirstWait;
        for (var attempt = 0; ; attempt++)
        {
            var tried = await TryAsync(address, body, read, cancellation);
            if (tried.Answer is not null)
            {
                return tried.Answer;
            }

            if (!tried.MayPass || attempt >= retries)
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

    private async Task<Attempt<T>> TryAsync<T>(Uri address, JsonObject body, Func<JsonNode?, T?> read, CancellationToken cancellation)
        where T : class
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address);
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            request.Headers.Authorization = key is null ? null : new("Bearer", key);
            using var reply = await _http.SendAsync(request, cancellation);
            var text = await reply.Content.ReadAsStringAsync(cancellation);
            if (reply.StatusCode == HttpStatusCode.OK)
            {
                return Read(text, read) is { } answer
                    ? new(answer)
                    : new(null, "the answer is not of the form that was asked for", MayPass: true);
            }

            return new(
                null,
                MarkOptions.Text($"status {(int)reply.StatusCode}: {Shown(text)}"),
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

    private static T? Read<T>(string text, Func<JsonNode?, T?> read)
        where T : class
    {
        try
        {
            return read(JsonNode.Parse(text));
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or ArgumentException or FormatException)
        {
            return null;
        }
    }

    private TimeSpan? WaitOf(RetryConditionHeaderValue? after) => after switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => null,
    };

    private string Shown(string body)
    {
        var text = Printable.Clean(body.ReplaceLineEndings(" "));
        text = key is null ? text : text.Replace(key, "(key)", StringComparison.Ordinal);
        return text.Length > MaxShownChars ? text[..MaxShownChars] : text;
    }

    /// <summary>One try: an answer, or what was wrong.</summary>
    private readonly record struct Attempt<T>(
        T? Answer, string? Fault = null, bool MayPass = false, bool EndsAll = false, TimeSpan? Wait = null)
        where T : class;
}
