using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Stillwatch.Provenance.Laboratory;

/// <summary>A model server on the loopback interface that speaks OpenAI's chat completions and completions.</summary>
/// <remarks>
/// Choices, streams, biases, log-probabilities; <c>/tokenize</c> and <c>/detokenize</c> as vLLM has them, and <c>/logits</c>. It keeps
/// nothing from anybody: no keys, probabilities with bias. For trials and self-tests.
/// </remarks>
public sealed class LaboratoryServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly Dictionary<string, LaboratoryModel> _models;

    private LaboratoryServer(WebApplication server, Dictionary<string, LaboratoryModel> models) =>
        (_server, _models) = (server, models);

    /// <summary>Where it is.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Starts one.</summary>
    /// <param name="models">Its models by name.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="IOException">No port is free.</exception>
    public static Task<LaboratoryServer> StartAsync(
        IReadOnlyDictionary<string, ILanguageModel> models, CancellationToken cancellationToken) =>
        StartAsync(models, new Dictionary<string, WordVocabulary>(), cancellationToken);

    /// <summary>Starts one whose models have words.</summary>
    /// <param name="models">Its models by name.</param>
    /// <param name="words">The words of those that were trained on a text, by the model's name; others have numbered tokens.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="ArgumentException">Words are as many as another model has tokens.</exception>
    /// <exception cref="IOException">No port is free.</exception>
    public static async Task<LaboratoryServer> StartAsync(
        IReadOnlyDictionary<string, ILanguageModel> models,
        IReadOnlyDictionary<string, WordVocabulary> words,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(words);
        var served = models.ToDictionary(
            static model => model.Key, model => new LaboratoryModel(model.Value, words.GetValueOrDefault(model.Key)));
        if (served.Values.Any(static model => model.Words is { } own && own.Count != model.Model.Vocabulary))
        {
            throw new ArgumentException("A model and its words differ in number.", nameof(words));
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new LaboratoryServer(builder.Build(), served);
        server._server.Run(server.AnswerAsync);
        await server._server.StartAsync(cancellationToken).ConfigureAwait(false);
        var features = server._server.Services.GetRequiredService<IServer>().Features;
        server.Address = new(features.Get<IServerAddressesFeature>()!.Addresses.First());
        return server;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var isChat = http.Request.Path == "/v1/chat/completions";
        if (TokenCalls.Knows(http.Request.Path))
        {
            await AnswerTokensAsync(http).ConfigureAwait(false);
            return;
        }

        if (!isChat && http.Request.Path != "/v1/completions")
        {
            await RefuseAsync(http, StatusCodes.Status404NotFound, "There is no such endpoint.").ConfigureAwait(false);
            return;
        }

        CompletionCall? call;
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted).ConfigureAwait(false);
            call = CompletionCall.Read(body.RootElement, isChat);
        }
        catch (JsonException)
        {
            call = null;
        }

        if (call is null)
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, "The request cannot be read.").ConfigureAwait(false);
        }
        else if (!_models.TryGetValue(call.Model, out var model))
        {
            await RefuseAsync(http, StatusCodes.Status404NotFound, "There is no such model.").ConfigureAwait(false);
        }
        else
        {
            await CompleteAsync(http, model, call).ConfigureAwait(false);
        }
    }

    private async Task AnswerTokensAsync(HttpContext http)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted).ConfigureAwait(false);
            var root = body.RootElement;
            if (root.ValueKind is JsonValueKind.Object && root.TryGetProperty("model", out var name)
                && name.ValueKind is JsonValueKind.String && _models.TryGetValue(name.GetString()!, out var model))
            {
                var answer = new System.Buffers.ArrayBufferWriter<byte>();
                if (TokenCalls.Answer(answer, http.Request.Path!, root, model))
                {
                    http.Response.ContentType = "application/json";
                    await http.Response.Body.WriteAsync(answer.WrittenMemory, http.RequestAborted).ConfigureAwait(false);
                    return;
                }
            }
        }
        catch (JsonException)
        {
            // Refused below, as what can be read but not done.
        }

        await RefuseAsync(http, StatusCodes.Status400BadRequest, "The request cannot be read, or there is no such model or token.")
            .ConfigureAwait(false);
    }

    private static async Task CompleteAsync(HttpContext http, LaboratoryModel model, CompletionCall call)
    {
        if (!call.Streams)
        {
            http.Response.ContentType = "application/json";
            CompletionWriter.WriteWhole(
                http.Response.BodyWriter, model, call,
                [.. Enumerable.Range(0, call.Choices).Select(choice => Completion.Positions(model, call, choice).ToList())]);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted).ConfigureAwait(false);
            return;
        }

        http.Response.ContentType = "text/event-stream; charset=utf-8";
        for (var choice = 0; choice < call.Choices; choice++)
        {
            var written = 0;
            foreach (var position in Completion.Positions(model, call, choice))
            {
                CompletionWriter.WriteEvent(http.Response.BodyWriter, model, call, choice, position, ++written == call.MaxTokens);
                await http.Response.BodyWriter.FlushAsync(http.RequestAborted).ConfigureAwait(false);
            }
        }

        await http.Response.WriteAsync("data: [DONE]\n\n", http.RequestAborted).ConfigureAwait(false);
    }

    private static Task RefuseAsync(HttpContext http, int status, string message)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(
            $$$"""{"error":{"message":"{{{message}}}","type":"invalid_request_error","param":null,"code":null}}""", http.RequestAborted);
    }
}
