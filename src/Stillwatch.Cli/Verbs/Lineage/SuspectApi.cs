using System.Text.Json.Nodes;

namespace Stillwatch.Cli.Verbs.Lineage;

/// <summary>Asks an OpenAI-compatible API. Thread-safe.</summary>
/// <param name="options">How it is asked.</param>
/// <param name="key">The API key; null for none.</param>
/// <param name="time">The clock by which it waits.</param>
internal sealed class SuspectApi(SuspectApiOptions options, string? key, TimeProvider time) : IDisposable
{
    private readonly PatientClient _client = new(key, options.Retries, time);

    private readonly Uri _address = new(
        $"{options.Address.AbsoluteUri.TrimEnd('/')}/{(options.IsChat ? "chat/completions" : "completions")}");

    /// <summary>The answer's text.</summary>
    /// <exception cref="SuspectApiException">It gave none, even after the retries.</exception>
    public Task<string> AskAsync(string prompt, CancellationToken cancellation)
    {
        var body = new JsonObject
        {
            ["model"] = options.Model,
            ["max_tokens"] = options.MaxTokens,
            ["temperature"] = options.Temperature,
        };
        if (options.IsChat)
        {
            body["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = prompt });
        }
        else
        {
            body["prompt"] = prompt;
        }

        return _client.PostAsync(_address, body, TextOf, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private string? TextOf(JsonNode? answer)
    {
        var choice = answer?["choices"]?[0];
        return (string?)(options.IsChat ? choice?["message"]?["content"] : choice?["text"]);
    }
}
