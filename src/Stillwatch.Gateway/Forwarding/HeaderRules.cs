using System.Collections.Frozen;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Stillwatch.Gateway.Forwarding;

/// <summary>Which headers go to the other side.</summary>
internal static class HeaderRules
{
    /// <summary>Headers between two neighbours (RFC 9110, section 7.6.1).</summary>
    private static readonly string[] HopByHop =
    [
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer",
        "Transfer-Encoding", "Upgrade",
    ];

    /// <summary>
    /// What stays with the gateway: the client's key, where the client is, and what the gateway says itself. Compression is not asked
    /// for, because a reply that is compressed can be neither read nor sent on event by event.
    /// </summary>
    private static readonly FrozenSet<string> NotToUpstream = HopByHop.Concat(
    [
        "Host", "Authorization", "x-api-key", "Cookie", "Accept-Encoding", "Content-Length", "Expect", "Forwarded", "X-Forwarded-For",
        "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Real-IP", "Via",
    ]).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> NotToClient =
        HopByHop.Concat(["Set-Cookie", "Alt-Svc", "Strict-Transport-Security"]).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Copies the headers of a request.</summary>
    /// <param name="from">As the client sent them.</param>
    /// <param name="to">As the upstream gets them.</param>
    /// <param name="dropped">A header of the operator's own that stays with the gateway; null for none.</param>
    public static void CopyRequest(IHeaderDictionary from, HttpRequestMessage to, string? dropped)
    {
        var named = NamedByConnection(from.Connection);
        foreach (var (name, values) in from)
        {
            if (NotToUpstream.Contains(name) || name[0] == ':' || named?.Contains(name) == true
                || string.Equals(name, dropped, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (values.Count == 1)
            {
                Add(to, name, values[0]!);
            }
            else
            {
                foreach (var value in values)
                {
                    Add(to, name, value!);
                }
            }
        }

        to.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
    }

    /// <summary>Copies the headers of a reply.</summary>
    public static void CopyReply(HttpResponseMessage from, HttpResponse to)
    {
        var isNamed = from.Headers.NonValidated.TryGetValues("Connection", out var connection);
        var named = isNamed ? NamedByConnection(connection.ToString()) : null;
        Copy(from.Headers.NonValidated, to.Headers, named);
        Copy(from.Content.Headers.NonValidated, to.Headers, named);
    }

    private static void Add(HttpRequestMessage to, string name, string value)
    {
        if (!to.Headers.TryAddWithoutValidation(name, value))
        {
            to.Content?.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static void Copy(HttpHeadersNonValidated from, IHeaderDictionary to, HashSet<string>? named)
    {
        foreach (var (name, values) in from)
        {
            if (!NotToClient.Contains(name) && named?.Contains(name) != true)
            {
                to[name] = values.Count == 1 ? new StringValues(values.ToString()) : new StringValues([.. values]);
            }
        }
    }

    /// <summary>Headers that a neighbour declares to be for its neighbour only; null for none.</summary>
    private static HashSet<string>? NamedByConnection(StringValues connection)
    {
        if (connection.Count == 0 || (connection.Count == 1 && connection[0] is "keep-alive" or "close"))
        {
            return null;
        }

        return connection.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }
}
