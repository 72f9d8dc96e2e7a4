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
/// <remarks>It keeps nothing from anybody: no keys, probabilities with bias. For trials and self-tests.</remarks>
public sealed class LaboratoryServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly IReadOnlyDictionary<string, ILanguageModel> _models;

    private LaboratoryServer(WebApplication server, IReadOnlyDictionary<string, ILanguageModel> models) =>
        (_server, _models) = (server, models);

    /// <summary>Where it is.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Starts one.</summary>
    /// <param name="models">Its models by name.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="IOException">No port is free.</exception>
    public static async Task<LaboratoryServer> StartAsync(
        IReadOnlyDictionary<string, ILanguageModel> models, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(models);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new LaboratoryServer(builder.Build(), models);
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

    private static async Task CompleteAsync(HttpContext http, ILanguageModel model, CompletionCall call)
    {
        if (!call.Streams)
        {
            http.Response.ContentType = "application/json";
            CompletionWriter.WriteWhole(
                http.Response.BodyWriter, call,
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
                CompletionWriter.WriteEvent(http.Response.BodyWriter, call, choice, position, ++written == call.MaxTokens);
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
