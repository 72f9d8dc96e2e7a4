using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Stillwatch.Evidence.Disclosures;
using Stillwatch.Evidence.Sharing.Access;
using Stillwatch.Evidence.Sharing.Taxii.Storage;

namespace Stillwatch.Evidence.Sharing.Taxii.Server;

/// <summary>The paths of TAXII 2.1 (section 2.4) and what each answers.</summary>
internal sealed class TaxiiEndpoints
{
    private static readonly object KeyItem = new();

    private readonly TaxiiServerOptions _options;
    private readonly IReadOnlyDictionary<Guid, TaxiiCollection> _collections;
    private readonly ApiKeys _keys;
    private readonly DisclosureGate _gate;
    private readonly TimeProvider _time;

    public TaxiiEndpoints(
        TaxiiServerOptions options,
        IReadOnlyDictionary<Guid, TaxiiCollection> collections,
        ApiKeys keys,
        DisclosureGate gate,
        TimeProvider time) =>
        (_options, _collections, _keys, _gate, _time) = (options, collections, keys, gate, time);

    /// <summary>Adds everything to an application.</summary>
    public void Map(WebApplication application)
    {
        application.Use(AnswerErrorsAsync);
        application.Use(AdmitAsync);
        application.UseRouting();
        application.MapGet("/taxii2/", DiscoveryAsync);
        application.MapGet("/{root}/", RootAsync);
        application.MapGet("/{root}/status/{status}/", StatusAsync);
        application.MapGet("/{root}/collections/", CollectionsAsync);
        var collection = application.MapGroup("/{root}/collections/{collection}");
        collection.MapGet("/", CollectionAsync);
        collection.MapGet("/manifest/", ManifestAsync);
        collection.MapGet("/objects/", ObjectsAsync);
        collection.MapPost("/objects/", AddAsync);
        collection.MapGet("/objects/{item}/", ObjectsAsync);
        collection.MapDelete("/objects/{item}/", DeleteAsync);
        collection.MapGet("/objects/{item}/versions/", VersionsAsync);
        application.MapFallback(static (HttpContext _) => throw TaxiiException.NotFound("resource"));
    }

    private static async Task AnswerErrorsAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
            if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status405MethodNotAllowed })
            {
                await SendErrorAsync(context, new TaxiiException(405, "MethodNotAllowed", "This resource does not have this method."));
            }
        }
        catch (Exception exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await SendErrorAsync(context, exception switch
            {
                TaxiiException known => known,
                BadHttpRequestException bad => new TaxiiException(bad.StatusCode, "ProcessingError", bad.Message),
                DisclosureNotRecordedException =>
                    new TaxiiException(503, "NotRecorded", "The answer could not be recorded, so it is not given."),
                _ => new TaxiiException(500, "InternalError", "The server failed; nothing of this request was stored."),
            }).ConfigureAwait(false);
        }
    }

    private static Task SendErrorAsync(HttpContext context, TaxiiException error) =>
        TaxiiAnswers.SendAsync(context.Response, error.Status, TaxiiAnswers.Error(error.Status, error.Title, error.Message));

    /// <summary>Who asks is settled before anything else, so that strangers learn nothing.</summary>
    private async Task AdmitAsync(HttpContext context, RequestDelegate next)
    {
        var key = _keys.Authenticate(context.Request.Headers.Authorization);
        if (key is null)
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"taxii\", charset=\"UTF-8\"";
            throw new TaxiiException(401, "Unauthorized", "A name and a key of this server are needed.");
        }

        if (!TaxiiMediaTypes.IsAccepted(context.Request.Headers.Accept))
        {
            throw new TaxiiException(406, "NotAcceptable", $"The Accept header has to name {TaxiiMediaTypes.Taxii}.");
        }

        context.Items[KeyItem] = key;
        await next(context).ConfigureAwait(false);
    }

    private Task DiscoveryAsync(HttpContext context) => TaxiiAnswers.SendAsync(
        context.Response, 200, TaxiiAnswers.Discovery(_options, $"{context.Request.Scheme}://{context.Request.Host}"));

    private Task RootAsync(HttpContext context) =>
        TaxiiAnswers.SendAsync(context.Response, 200, TaxiiAnswers.Root(Root(context), _options.MaxContentLength));

    private Task CollectionsAsync(HttpContext context) =>
        TaxiiAnswers.SendAsync(context.Response, 200, TaxiiAnswers.Collections(Root(context), Key(context)));

    private Task CollectionAsync(HttpContext context) =>
        TaxiiAnswers.SendAsync(context.Response, 200, TaxiiAnswers.Collection(Described(context), Key(context)));

    private Task StatusAsync(HttpContext context)
    {
        var status = Guid.TryParseExact(Part(context, "status"), "D", out var id)
            ? Root(context).Collections.Select(collection => _collections[collection.Id].Status(id, Key(context).Name))
                .FirstOrDefault(static found => found is not null)
            : null;
        return TaxiiAnswers.SendAsync(context.Response, 200, TaxiiAnswers.Status(status ?? throw TaxiiException.NotFound("status")));
    }

    private async Task ManifestAsync(HttpContext context)
    {
        var collection = Readable(context);
        var query = TaxiiQuery.Of(context.Request, _options.MaxPageSize);
        var page = collection.Query(query.Filter, query.After, query.Limit);
        await GiveAsync(context, page, TaxiiAnswers.Manifest(page), null).ConfigureAwait(false);
    }

    private async Task ObjectsAsync(HttpContext context)
    {
        var (collection, item) = (Readable(context), Part(context, "item"));
        var query = TaxiiQuery.Of(context.Request, _options.MaxPageSize, item.Length == 0 ? null : item);
        CheckHeld(collection, item);
        var page = collection.Query(query.Filter, query.After, query.Limit);
        var objects = page.Versions.Select(collection.Read).ToList();
        await GiveAsync(context, page, TaxiiAnswers.Objects(page, objects), objects).ConfigureAwait(false);
    }

    private async Task VersionsAsync(HttpContext context)
    {
        var (collection, item) = (Readable(context), Part(context, "item"));
        var query = TaxiiQuery.Of(context.Request, _options.MaxPageSize, item, everyVersion: true);
        CheckHeld(collection, item);
        var page = collection.Query(query.Filter, query.After, query.Limit);
        await GiveAsync(context, page, TaxiiAnswers.Versions(page), null).ConfigureAwait(false);
    }

    private async Task AddAsync(HttpContext context)
    {
        var collection = Stored(context);
        Demand(Key(context).MayWrite(Part(context, "collection")), "write to");
        using var envelope = await TaxiiEnvelope.ReadAsync(context.Request, _options.MaxContentLength).ConfigureAwait(false);
        var status = await collection.AddAsync([.. envelope.Objects], Key(context).Name).ConfigureAwait(false);
        await TaxiiAnswers.SendAsync(context.Response, 202, TaxiiAnswers.Status(status)).ConfigureAwait(false);
    }

    /// <summary>Both rights are needed; who has neither learns not even that the collection exists (TAXII 2.1, 5.7).</summary>
    private async Task DeleteAsync(HttpContext context)
    {
        var (collection, id, item) = (Stored(context), Part(context, "collection"), Part(context, "item"));
        var (reads, writes) = (Key(context).MayRead(id), Key(context).MayWrite(id));
        if (!reads && !writes)
        {
            throw TaxiiException.NotFound("collection");
        }

        Demand(reads && writes, "delete from");
        var query = TaxiiQuery.Of(context.Request, _options.MaxPageSize, item);
        CheckHeld(collection, item);
        var isChosen = context.Request.Query.ContainsKey("match[version]");
        await collection.DeleteAsync(isChosen ? query.Filter : query.Filter with { Versions = VersionChoice.Every }).ConfigureAwait(false);
        await TaxiiAnswers.SendAsync(context.Response, 200, "{}"u8.ToArray()).ConfigureAwait(false);
    }

    /// <summary>Records what an answer discloses, then sends it.</summary>
    private async Task GiveAsync(HttpContext context, TaxiiPage page, byte[] answer, IReadOnlyList<byte[]>? objects)
    {
        if (page.Versions.Count == 0)
        {
            await TaxiiAnswers.SendAsync(context.Response, 200, answer).ConfigureAwait(false);
            return;
        }

        var disclosure = new Disclosure
        {
            Kind = DisclosureKind.TaxiiAnswer,
            Recipient = Key(context).Name,
            Marking = "as marked in each object",
            Purpose = $"collection {Part(context, "collection")}, added from {TaxiiTimestamp.Format(page.Versions[0].Added)} "
                + $"to {TaxiiTimestamp.Format(page.Versions[^1].Added)}",
            GivenAt = _time.GetUtcNow(),
            Items = objects is null
                ? [new DisclosedItem(context.Request.Path.ToString(), Sha256(answer))]
                : [.. page.Versions.Zip(objects, static (version, json) => new DisclosedItem(version.Id, Sha256(json)))],
        };
        context.Response.Headers["X-TAXII-Date-Added-First"] = TaxiiTimestamp.Format(page.Versions[0].Added);
        context.Response.Headers["X-TAXII-Date-Added-Last"] = TaxiiTimestamp.Format(page.Versions[^1].Added);
        await _gate.GiveAsync(disclosure, _ => TaxiiAnswers.SendAsync(context.Response, 200, answer), context.RequestAborted)
            .ConfigureAwait(false);
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static void CheckHeld(TaxiiCollection collection, string item)
    {
        if (item.Length > 0 && !collection.Holds(item))
        {
            throw TaxiiException.NotFound("object");
        }
    }

    private static void Demand(bool isAllowed, string what)
    {
        if (!isAllowed)
        {
            throw new TaxiiException(403, "Forbidden", $"This key may not {what} this collection.");
        }
    }

    private TaxiiCollection Readable(HttpContext context)
    {
        var collection = Stored(context);
        Demand(Key(context).MayRead(Part(context, "collection")), "read");
        return collection;
    }

    private TaxiiCollection Stored(HttpContext context) => _collections[Described(context).Id];

    private TaxiiCollectionOptions Described(HttpContext context) =>
        (Guid.TryParseExact(Part(context, "collection"), "D", out var id)
            ? Root(context).Collections.FirstOrDefault(collection => collection.Id == id)
            : null) ?? throw TaxiiException.NotFound("collection");

    private TaxiiRootOptions Root(HttpContext context) =>
        _options.ApiRoots.FirstOrDefault(root => root.Name == Part(context, "root")) ?? throw TaxiiException.NotFound("API root");

    private static ApiKey Key(HttpContext context) => (ApiKey)context.Items[KeyItem]!;

    private static string Part(HttpContext context, string name) => context.GetRouteValue(name) as string ?? string.Empty;
}
