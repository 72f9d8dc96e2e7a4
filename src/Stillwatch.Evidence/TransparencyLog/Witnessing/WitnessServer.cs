using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Stillwatch.Evidence.TransparencyLog.Witnessing;

/// <summary>A witness over HTTP: <c>POST add-checkpoint</c>, and <c>GET [hex SHA-256 of the origin]/checkpoint</c>.</summary>
/// <remarks>Bodies are bounded by <see cref="AddCheckpointRequest.MaxBytes"/> (413 beyond), slow senders by Kestrel's limits.</remarks>
public sealed class WitnessServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private WitnessServer(WebApplication application) => _application = application;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_application.Urls.First());

    /// <summary>Begins to listen.</summary>
    /// <param name="witness">Who answers. It stays the caller's.</param>
    /// <param name="address">Such as <c>http://127.0.0.1:8080</c>; port 0 takes a free one.</param>
    /// <param name="cancellation">Ends the start.</param>
    public static async Task<WitnessServer> StartAsync(Witness witness, Uri address, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(witness);
        ArgumentNullException.ThrowIfNull(address);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = AddCheckpointRequest.MaxBytes;
        });
        var application = builder.Build();
        application.Urls.Add(address.ToString());
        application.MapPost("/add-checkpoint", (HttpContext context) => AddCheckpointAsync(witness, context));
        application.MapGet("/{hash}/checkpoint", (string hash, HttpContext context) => GetCheckpointAsync(witness, hash, context));
        await application.StartAsync(cancellation).ConfigureAwait(false);
        return new(application);
    }

    /// <summary>Answers until told to stop.</summary>
    public Task WaitAsync(CancellationToken cancellation) => _application.WaitForShutdownAsync(cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task AddCheckpointAsync(Witness witness, HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted).ConfigureAwait(false);
        var answer = witness.AddCheckpoint(body.ToArray());
        await WriteAsync(context, answer.Status, answer.ContentType, answer.ToBytes()).ConfigureAwait(false);
    }

    private static Task GetCheckpointAsync(Witness witness, string hash, HttpContext context) =>
        witness.Latest(hash) is { } checkpoint
            ? WriteAsync(context, StatusCodes.Status200OK, "text/plain; charset=utf-8", checkpoint)
            : WriteAsync(context, StatusCodes.Status404NotFound, "text/plain; charset=utf-8", []);

    private static async Task WriteAsync(HttpContext context, int status, string contentType, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }
}
