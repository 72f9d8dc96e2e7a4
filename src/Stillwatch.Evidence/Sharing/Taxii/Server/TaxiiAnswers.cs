using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stillwatch.Evidence.Sharing.Access;
using Stillwatch.Evidence.Sharing.Taxii.Storage;

namespace Stillwatch.Evidence.Sharing.Taxii.Server;

/// <summary>The resources of TAXII 2.1 as JSON, member by member.</summary>
internal static class TaxiiAnswers
{
    /// <summary>4.1: discovery.</summary>
    public static byte[] Discovery(TaxiiServerOptions options, string origin) => Json(json =>
    {
        json.WriteString("title", options.Title);
        Optional(json, "description", options.Description);
        Optional(json, "contact", options.Contact);
        json.WriteString("default", $"{origin}/{options.ApiRoots[0].Name}/");
        json.WriteStartArray("api_roots");
        foreach (var root in options.ApiRoots)
        {
            json.WriteStringValue($"{origin}/{root.Name}/");
        }

        json.WriteEndArray();
    });

    /// <summary>4.2: an API root.</summary>
    public static byte[] Root(TaxiiRootOptions root, long maxContentLength) => Json(json =>
    {
        json.WriteString("title", root.Title);
        Optional(json, "description", root.Description);
        json.WriteStartArray("versions");
        json.WriteStringValue(TaxiiMediaTypes.Taxii);
        json.WriteEndArray();
        json.WriteNumber("max_content_length", maxContentLength);
    });

    /// <summary>5.1: collections.</summary>
    public static byte[] Collections(TaxiiRootOptions root, ApiKey key) => Json(json =>
    {
        if (root.Collections.Count > 0)
        {
            json.WriteStartArray("collections");
            foreach (var collection in root.Collections)
            {
                json.WriteStartObject();
                Write(json, collection, key);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    });

    /// <summary>5.2: a collection.</summary>
    public static byte[] Collection(TaxiiCollectionOptions collection, ApiKey key) => Json(json => Write(json, collection, key));

    /// <summary>5.3: a manifest.</summary>
    public static byte[] Manifest(TaxiiPage page) => Page(page, "objects", static (json, version) =>
    {
        json.WriteStartObject();
        json.WriteString("id", version.Id);
        json.WriteString("date_added", TaxiiTimestamp.Format(version.Added));
        json.WriteString("version", version.Version);
        json.WriteString("media_type", version.MediaType);
        json.WriteEndObject();
    });

    /// <summary>5.4: objects.</summary>
    public static byte[] Objects(TaxiiPage page, IReadOnlyList<byte[]> objects)
    {
        var index = 0;
        return Page(page, "objects", (json, _) => json.WriteRawValue(objects[index++], skipInputValidation: true));
    }

    /// <summary>5.8: versions.</summary>
    public static byte[] Versions(TaxiiPage page) =>
        Page(page, "versions", static (json, version) => json.WriteStringValue(version.Version));

    /// <summary>4.3: the status of a post.</summary>
    public static byte[] Status(TaxiiStatus status) => Json(json =>
    {
        json.WriteString("id", status.Id);
        json.WriteString("status", "complete");
        json.WriteString("request_timestamp", TaxiiTimestamp.Format(status.RequestedAt));
        json.WriteNumber("total_count", status.Outcomes.Count);
        Outcomes(json, "success_count", "successes", status.Outcomes.Where(static outcome => outcome.IsStored));
        Outcomes(json, "failure_count", "failures", status.Outcomes.Where(static outcome => !outcome.IsStored));
        Outcomes(json, "pending_count", "pendings", []);
    });

    /// <summary>3.6.1: an error.</summary>
    public static byte[] Error(int status, string title, string description) => Json(json =>
    {
        json.WriteString("title", title);
        json.WriteString("description", description);
        json.WriteString("http_status", status.ToString(System.Globalization.CultureInfo.InvariantCulture));
    });

    /// <summary>Sends an answer.</summary>
    public static async Task SendAsync(HttpResponse response, int status, byte[] json)
    {
        response.StatusCode = status;
        response.ContentType = TaxiiMediaTypes.Taxii;
        response.ContentLength = json.Length;
        response.Headers.CacheControl = "no-store";
        await response.Body.WriteAsync(json).ConfigureAwait(false);
    }

    private static void Write(Utf8JsonWriter json, TaxiiCollectionOptions collection, ApiKey key)
    {
        var id = collection.Id.ToString("D");
        json.WriteString("id", id);
        json.WriteString("title", collection.Title);
        Optional(json, "description", collection.Description);
        json.WriteBoolean("can_read", key.MayRead(id));
        json.WriteBoolean("can_write", key.MayWrite(id));
        json.WriteStartArray("media_types");
        json.WriteStringValue(TaxiiMediaTypes.Stix);
        json.WriteEndArray();
    }

    /// <summary>An envelope; nothing at all where the page is empty.</summary>
    private static byte[] Page(TaxiiPage page, string member, Action<Utf8JsonWriter, StoredVersion> write) => Json(json =>
    {
        if (page.Versions.Count == 0)
        {
            return;
        }

        json.WriteBoolean("more", page.Next is not null);
        Optional(json, "next", page.Next);
        json.WriteStartArray(member);
        foreach (var version in page.Versions)
        {
            write(json, version);
        }

        json.WriteEndArray();
    });

    private static void Outcomes(Utf8JsonWriter json, string count, string member, IEnumerable<ObjectOutcome> outcomes)
    {
        var list = outcomes.ToList();
        json.WriteNumber(count, list.Count);
        if (list.Count == 0)
        {
            return;
        }

        json.WriteStartArray(member);
        foreach (var outcome in list)
        {
            json.WriteStartObject();
            json.WriteString("id", outcome.Id);
            json.WriteString("version", outcome.Version);
            Optional(json, "message", outcome.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
