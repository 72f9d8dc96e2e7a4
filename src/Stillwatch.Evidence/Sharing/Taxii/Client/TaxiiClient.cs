using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Stillwatch.Evidence.Disclosures;
using Stillwatch.Evidence.Sharing.Access;
using Stillwatch.Evidence.Sharing.Stix.Import;

namespace Stillwatch.Evidence.Sharing.Taxii.Client;

/// <summary>Reads from and posts to one API root of a TAXII 2.1 server, with bounds on what an answer may hold.</summary>
public sealed class TaxiiClient : IDisposable
{
    /// <summary>The longest answer.</summary>
    public const int MaxAnswerBytes = 32 << 20;

    /// <summary>The most pages of one walk: a server that always says "more" ends here.</summary>
    public const int MaxPages = 100_000;

    private const string MediaType = "application/taxii+json;version=2.1";

    private readonly HttpClient _http;

    /// <param name="root">The API root, such as https://taxii.example/stillwatch/.</param>
    /// <exception cref="InvalidDataException">The address is neither HTTPS nor of this machine.</exception>
    public TaxiiClient(RemoteServer root)
    {
        ArgumentNullException.ThrowIfNull(root);
        var address = root.Address.AbsolutePath.EndsWith('/') ? root.Address : new Uri($"{root.Address}/");
        _http = (root with { Address = address }).Connect(MaxAnswerBytes);
        _http.DefaultRequestHeaders.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(MediaType));
    }

    /// <summary>Everything of a collection from a position on, page by page. Each page says from where to go on after it.</summary>
    /// <param name="collection">The collection's id.</param>
    /// <param name="from">Where the last pull ended.</param>
    /// <param name="pageSize">How many objects to ask for at once.</param>
    /// <param name="cancellationToken">Stops the walk; what was given stands.</param>
    /// <exception cref="TaxiiAnswerException">The server refused, or its answer is no TAXII.</exception>
    public async IAsyncEnumerable<PulledPage> PullAsync(
        Guid collection, PullPosition from, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(from);
        var position = from;
        for (var page = 0; page < MaxPages; page++)
        {
            var (pulled, hasMore) = await PageAsync(collection, position, pageSize, cancellationToken).ConfigureAwait(false);
            position = pulled.Position;
            yield return pulled;
            if (!hasMore)
            {
                yield break;
            }
        }

        throw new TaxiiAnswerException(null, $"The collection {collection} did not end after {MaxPages} pages.");
    }

    /// <summary>Posts objects, once the gate has recorded it.</summary>
    /// <param name="collection">The collection's id.</param>
    /// <param name="objects">The objects' JSON.</param>
    /// <param name="gate">Records the disclosure first.</param>
    /// <param name="disclosure">What is recorded.</param>
    /// <param name="cancellationToken">Stops the post; whether it arrived is then not known.</param>
    /// <returns>The server's status resource.</returns>
    public async Task<JsonElement> PushAsync(
        Guid collection,
        IReadOnlyList<byte[]> objects,
        DisclosureGate gate,
        Disclosure disclosure,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(objects);
        ArgumentNullException.ThrowIfNull(gate);
        var body = Envelope(objects);
        JsonElement status = default;
        await gate.GiveAsync(
            disclosure,
            async token =>
            {
                using var content = new ByteArrayContent(body);
                content.Headers.ContentType = MediaTypeHeaderValue.Parse(MediaType);
                using var response = await SendAsync(HttpMethod.Post, $"collections/{collection:D}/objects/", content, token)
                    .ConfigureAwait(false);
                status = await ReadAsync(response, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        return status;
    }

    /// <summary>Any resource of the root, as JSON.</summary>
    /// <param name="path">Relative to the root, such as <c>collections/</c>.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(HttpMethod.Get, path, null, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(response, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<(PulledPage Page, bool HasMore)> PageAsync(
        Guid collection, PullPosition position, int pageSize, CancellationToken cancellationToken)
    {
        var path = $"collections/{collection:D}/objects/?limit={pageSize}&match[version]=all"
            + (position.AddedAfter is { } after ? $"&added_after={Uri.EscapeDataString(after)}" : "")
            + (position.Next is { } next ? $"&next={Uri.EscapeDataString(next)}" : "");
        using var response = await SendAsync(HttpMethod.Get, path, null, cancellationToken).ConfigureAwait(false);
        var envelope = await ReadAsync(response, cancellationToken).ConfigureAwait(false);
        var last = response.Headers.TryGetValues("X-TAXII-Date-Added-Last", out var values) ? values.First() : null;
        var hasMore = envelope.TryGetProperty("more", out var more) && more.ValueKind == JsonValueKind.True;
        return (new PulledPage(Objects(envelope), position.After(hasMore ? NextOf(envelope, last) : null, last)), hasMore);
    }

    /// <summary>The name of the next page. A server that names none is walked on from the date that its last object was added.</summary>
    private static string? NextOf(JsonElement envelope, string? last)
    {
        var named = envelope.TryGetProperty("next", out var next) && next.ValueKind == JsonValueKind.String ? next.GetString() : null;
        return named is null && last is null
            ? throw new TaxiiAnswerException(null, "The server says that there is more, and neither where nor since when.")
            : named;
    }

    private static List<byte[]> Objects(JsonElement envelope) => !envelope.TryGetProperty("objects", out var objects) ? []
        : objects.ValueKind == JsonValueKind.Array && objects.GetArrayLength() <= StixLimits.MaxObjects
            ? [.. objects.EnumerateArray().Select(static item => Encoding.UTF8.GetBytes(item.GetRawText()))]
            : throw new TaxiiAnswerException(null, $"The envelope holds no list of at most {StixLimits.MaxObjects} objects.");

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        try
        {
            return await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException failure)
        {
            throw new TaxiiAnswerException(failure.StatusCode, $"{_http.BaseAddress}: {failure.Message}");
        }
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var document = JsonDocument.Parse(bytes, new() { MaxDepth = StixLimits.MaxDepth, AllowDuplicateProperties = false });
            return response.IsSuccessStatusCode && document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw Refused(response, document.RootElement);
        }
        catch (JsonException)
        {
            throw Refused(response, default);
        }
    }

    private static TaxiiAnswerException Refused(HttpResponseMessage response, JsonElement error)
    {
        var description = error.ValueKind == JsonValueKind.Object && error.TryGetProperty("description", out var text)
            && text.ValueKind == JsonValueKind.String ? $": {text.GetString()}" : "";
        return new TaxiiAnswerException(response.StatusCode, $"The server answered {(int)response.StatusCode}{description}");
    }

    private static byte[] Envelope(IReadOnlyList<byte[]> objects)
    {
        using var buffer = new MemoryStream();
        buffer.Write("{\"objects\":["u8);
        for (var i = 0; i < objects.Count; i++)
        {
            buffer.Write(i == 0 ? ""u8 : ","u8);
            buffer.Write(objects[i]);
        }

        buffer.Write("]}"u8);
        return buffer.ToArray();
    }
}
