using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stillwatch.Evidence.Sharing.Stix.Import;

namespace Stillwatch.Evidence.Sharing.Taxii.Server;

/// <summary>The objects of a post (TAXII 2.1, 3.7), bounded in bytes, depth and number.</summary>
internal sealed class TaxiiEnvelope : IDisposable
{
    private readonly JsonDocument _document;

    private TaxiiEnvelope(JsonDocument document) => _document = document;

    /// <summary>The objects as they came.</summary>
    public IEnumerable<JsonElement> Objects => _document.RootElement.GetProperty("objects").EnumerateArray();

    /// <exception cref="TaxiiException">
    /// 415 of another type, 400 without a length or of no JSON, 413 too long, 422 of no envelope.
    /// </exception>
    public static async Task<TaxiiEnvelope> ReadAsync(HttpRequest request, long maxBytes)
    {
        if (!TaxiiMediaTypes.IsContent(request.ContentType))
        {
            throw new TaxiiException(415, "UnsupportedMediaType", $"A post is of the type {TaxiiMediaTypes.Taxii}.");
        }

        if (request.ContentLength is not { } length)
        {
            throw TaxiiException.Bad("A post says its length (Content-Length).");
        }

        if (length > maxBytes || length == 0)
        {
            throw new TaxiiException(413, "TooLarge", $"A post has from 1 to {maxBytes} bytes, not {length}.");
        }

        return Check(await ParseAsync(request).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public void Dispose() => _document.Dispose();

    private static async Task<JsonDocument> ParseAsync(HttpRequest request)
    {
        try
        {
            var options = new JsonDocumentOptions { MaxDepth = StixLimits.MaxDepth, AllowDuplicateProperties = false };
            return await JsonDocument.ParseAsync(request.Body, options, request.HttpContext.RequestAborted).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            throw TaxiiException.Bad("The post is no JSON of a depth that is accepted, or gives a member twice.");
        }
    }

    private static TaxiiEnvelope Check(JsonDocument document)
    {
        var isEnvelope = document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("objects", out var objects) && objects.ValueKind == JsonValueKind.Array
            && objects.GetArrayLength() <= StixLimits.MaxObjects;
        if (isEnvelope)
        {
            return new TaxiiEnvelope(document);
        }

        document.Dispose();
        throw new TaxiiException(
            422,
            "ProcessingError",
            $"While processing supplied content, an error occurred: it has no list \"objects\" of at most {StixLimits.MaxObjects}.");
    }
}
