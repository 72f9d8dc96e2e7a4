using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Stillwatch.Evidence.Disclosures;
using Stillwatch.Evidence.Sharing.Access;
using Stillwatch.Evidence.Sharing.Hosting;
using Stillwatch.Evidence.Sharing.PrivateMatching.Voprf;

namespace Stillwatch.Evidence.Sharing.PrivateMatching.KeyService;

/// <summary>
/// The neutral party of private matching: holds the keys, sees blinded elements only, counts what it evaluates for whom.
/// <c>GET /v1/epochs</c>; <c>POST /v1/evaluate</c>.
/// </summary>
public sealed class KeyServer
{
    private const int MaxBodyBytes = 128 << 10;

    private readonly EpochKeys _keys;
    private readonly ApiKeys _labs;
    private readonly EvaluationBudget _budget;
    private readonly DisclosureGate _gate;
    private readonly TimeProvider _time;

    /// <param name="keys">The keys.</param>
    /// <param name="labs">Who may ask.</param>
    /// <param name="budget">How much.</param>
    /// <param name="gate">What every evaluation passes.</param>
    /// <param name="time">The clock.</param>
    public KeyServer(EpochKeys keys, ApiKeys labs, EvaluationBudget budget, DisclosureGate gate, TimeProvider time) =>
        (_keys, _labs, _budget, _gate, _time) = (keys, labs, budget, gate, time);

    /// <summary>Starts to serve.</summary>
    public Task<SharingHost> StartAsync(ListenAddress listen, CancellationToken cancellationToken) =>
        SharingHost.StartAsync(listen, MaxBodyBytes, Map, cancellationToken);

    private void Map(WebApplication application)
    {
        application.MapGet("/v1/epochs", EpochsAsync);
        application.MapPost("/v1/evaluate", EvaluateAsync);
        application.MapFallback(static context => RefuseAsync(context, 404, "There is no such resource."));
    }

    private async Task EpochsAsync(HttpContext context)
    {
        if (await AdmitAsync(context).ConfigureAwait(false) is not null)
        {
            var epochs = _keys.Open.Select(epoch => new EpochAnswer(epoch, Hex(_keys.Key(epoch)!.PublicKey.ToBytes()))).ToList();
            await SendAsync(context, 200, new EpochsAnswer(epochs), KeyServiceMessages.Default.EpochsAnswer).ConfigureAwait(false);
        }
    }

    private async Task EvaluateAsync(HttpContext context)
    {
        if (await AdmitAsync(context).ConfigureAwait(false) is not { } lab)
        {
            return;
        }

        var (request, elements) = await ReadAsync(context).ConfigureAwait(false);
        if (request is null || _keys.Key(request.Epoch) is not { } key)
        {
            var epochs = string.Join(", ", _keys.Open);
            await RefuseAsync(context, 400, $"A request names one of the epochs {epochs} and from 1 to {OprfServer.MaxBatch} points.");
        }
        else if (_budget.Take(lab.Name, elements.Count) is { } wait)
        {
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            await RefuseAsync(context, 429, "The evaluations of this hour are used up.").ConfigureAwait(false);
        }
        else
        {
            await GiveAsync(context, lab, request.Epoch, key, elements).ConfigureAwait(false);
        }

        elements.ForEach(static element => element.Dispose());
    }

    private async Task GiveAsync(HttpContext context, ApiKey lab, string epoch, OprfServer key, List<GroupElement> elements)
    {
        using var evaluation = key.EvaluateAndProve(elements);
        var answer = new EvaluateAnswer([.. evaluation.Elements.Select(static element => Hex(element.ToBytes()))], Hex(evaluation.Proof));
        var disclosure = new Disclosure
        {
            Kind = DisclosureKind.Evaluations,
            Recipient = lab.Name,
            Marking = "TLP:AMBER+STRICT",
            Purpose = string.Create(CultureInfo.InvariantCulture, $"{elements.Count} evaluations of epoch {epoch}"),
            GivenAt = _time.GetUtcNow(),
            Items = [new DisclosedItem(epoch, Hex(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
                answer, KeyServiceMessages.Default.EvaluateAnswer))))],
        };
        try
        {
            await _gate.GiveAsync(
                disclosure, _ => SendAsync(context, 200, answer, KeyServiceMessages.Default.EvaluateAnswer), context.RequestAborted);
        }
        catch (DisclosureNotRecordedException)
        {
            await RefuseAsync(context, 503, "The evaluation could not be recorded, so it is not given.").ConfigureAwait(false);
        }
    }

    private async Task<ApiKey?> AdmitAsync(HttpContext context)
    {
        var lab = _labs.Authenticate(context.Request.Headers.Authorization);
        if (lab is { Evaluate: true })
        {
            return lab;
        }

        context.Response.Headers.WWWAuthenticate = "Basic realm=\"key service\", charset=\"UTF-8\"";
        var status = lab is null ? 401 : 403;
        await RefuseAsync(context, status, "A name and a key with the right to evaluate are needed.").ConfigureAwait(false);
        return null;
    }

    /// <summary>The request with its points; null where it is none.</summary>
    private static async Task<(EvaluateRequest? Request, List<GroupElement> Elements)> ReadAsync(HttpContext context)
    {
        var elements = new List<GroupElement>();
        try
        {
            var request = await JsonSerializer.DeserializeAsync(
                context.Request.Body, KeyServiceMessages.Default.EvaluateRequest, context.RequestAborted).ConfigureAwait(false);
            if (request is null || request.Blinded.Count is 0 or > OprfServer.MaxBatch)
            {
                return (null, elements);
            }

            elements.AddRange(request.Blinded.Select(static text => GroupElement.Parse(Convert.FromHexString(text))));
            return (request, elements);
        }
        catch (Exception malformed)
            when (malformed is JsonException or FormatException or CryptographicException or BadHttpRequestException or ArgumentException)
        {
            return (null, elements);
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string why) =>
        SendAsync(context, status, new ErrorAnswer(why), KeyServiceMessages.Default.ErrorAnswer);

    private static async Task SendAsync<T>(HttpContext context, int status, T answer, JsonTypeInfo<T> format)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(answer, format)).ConfigureAwait(false);
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
