using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Interactions;

namespace Stillwatch.Gateway.Identity;

/// <summary>Finds out where a request came from; proxies are believed only where they are trusted.</summary>
/// <param name="trust">Whose word is taken.</param>
public sealed class ForwardedClient(ProxyTrustOptions trust)
{
    /// <summary>Longer chains of proxies are not followed.</summary>
    private const int MaxHops = 32;

    /// <summary>
    /// The client's address: that of the connection, or, behind trusted proxies, the last address in X-Forwarded-For that is none of
    /// theirs. Whatever stands before it was written by the client, and says nothing.
    /// </summary>
    public IPAddress? Address(IPAddress? peer, IHeaderDictionary headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        if (peer is null || trust.Networks.Count == 0 || !IsTrusted(peer))
        {
            return peer;
        }

        var found = peer;
        var rest = headers["X-Forwarded-For"].ToString().AsSpan();
        for (var hop = 0; hop < MaxHops && !rest.IsEmpty; hop++)
        {
            var comma = rest.LastIndexOf(',');
            if (Parse(rest[(comma + 1)..].Trim()) is not { } address)
            {
                break;
            }

            found = address;
            rest = comma < 0 ? default : rest[..comma];
            if (!IsTrusted(found))
            {
                break;
            }
        }

        return found;
    }

    /// <summary>The client's JA4: what the handshake gave, or what a trusted proxy says.</summary>
    public string? Ja4(IPAddress? peer, IHeaderDictionary headers, string? handshake)
    {
        ArgumentNullException.ThrowIfNull(headers);
        if (trust.Ja4Header is not { } header || peer is null || !IsTrusted(peer))
        {
            return handshake;
        }

        var said = headers[header];
        return said.Count == 1 && Ja4Fingerprint.IsWellFormed(said[0]) ? said[0] : handshake;
    }

    /// <summary>The address as interactions have it.</summary>
    public static ClientAddress? ToClientAddress(IPAddress? address)
    {
        if (address is null)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[16];
        return address.MapToIPv6().TryWriteBytes(bytes, out _)
            ? new ClientAddress(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(bytes))
            : null;
    }

    /// <summary>Proxies write addresses plainly, in brackets, or with a port.</summary>
    private static IPAddress? Parse(ReadOnlySpan<char> text)
    {
        if (IPAddress.TryParse(text, out var plain) && (plain.AddressFamily != AddressFamily.InterNetwork || text.Count('.') == 3))
        {
            return plain;
        }

        return IPEndPoint.TryParse(text, out var withPort) && text.ContainsAny(".]") ? withPort.Address : null;
    }

    private bool IsTrusted(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        foreach (var network in trust.Networks)
        {
            if (network.Contains(plain))
            {
                return true;
            }
        }

        return false;
    }
}
