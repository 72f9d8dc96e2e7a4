using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Stillwatch.Gateway.Identity;

/// <summary>The keys of one reading of their file: found by id, proved by secret. Safe to use from many threads.</summary>
/// <remarks>
/// The secret is compared in constant time, and a key that nobody has costs as much as a wrong secret, so the time of an answer
/// tells neither ids nor secrets. Nothing is allocated for a key that is refused.
/// </remarks>
public sealed class KeyTable
{
    private static readonly byte[] Nothing = new byte[SHA256.HashSizeInBytes];
    private static readonly Live[] Nobody = [new(Nothing, DateTimeOffset.MinValue)];

    private readonly FrozenDictionary<string, Entry>.AlternateLookup<ReadOnlySpan<char>> _byId;
    private readonly FrozenDictionary<string, GatewayKey> _byCertificate;

    /// <param name="keys">Each id once.</param>
    public KeyTable(IEnumerable<GatewayKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        Keys = [.. keys];
        _byId = Keys.ToFrozenDictionary(static key => key.Id, static key => new Entry(key), StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        HasCertificates = Keys.Any(static key => key.Certificates.Count > 0);
        _byCertificate = Keys.Where(static key => key.Secrets.Count == 0 && key.Revoked is null)
            .SelectMany(static key => key.Certificates, static (key, certificate) => (key, certificate))
            .DistinctBy(static pair => pair.certificate, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(static pair => pair.certificate, static pair => pair.key, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether any key is bound to a certificate.</summary>
    public bool HasCertificates { get; }

    /// <summary>All keys, in the order of their file.</summary>
    public IReadOnlyList<GatewayKey> Keys { get; }

    /// <summary>Finds out whose key was presented over a connection without a certificate.</summary>
    /// <param name="presented">The key; empty for none.</param>
    /// <param name="now">The present.</param>
    /// <param name="key">The key; null unless it is accepted.</param>
    public KeyStatus Authenticate(ReadOnlySpan<char> presented, DateTimeOffset now, out GatewayKey? key) =>
        Authenticate(presented, null, now, out key);

    /// <summary>Finds out whose key was presented.</summary>
    /// <param name="presented">The key; empty for none.</param>
    /// <param name="certificate">SHA-256 of the connection's client certificate, hexadecimal; null for none.</param>
    /// <param name="now">The present.</param>
    /// <param name="key">The key; null unless it is accepted.</param>
    public KeyStatus Authenticate(ReadOnlySpan<char> presented, string? certificate, DateTimeOffset now, out GatewayKey? key)
    {
        key = null;
        if (presented.IsEmpty)
        {
            return certificate is null ? KeyStatus.Missing : OfCertificate(certificate, now, out key);
        }

        if (!KeyText.TryId(presented, out var id))
        {
            return KeyStatus.Malformed;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        KeyText.Hash(presented, hash);
        var isKnown = _byId.TryGetValue(id, out var entry);
        var proved = Prove(isKnown ? entry!.Secrets : Nobody, hash, now);
        if (!isKnown || proved is KeyStatus.Unknown)
        {
            return KeyStatus.Unknown;
        }

        if (entry!.Key.Certificates is { Count: > 0 } bound && !bound.Contains(certificate, StringComparer.OrdinalIgnoreCase))
        {
            return KeyStatus.Unknown;
        }

        var status = StatusOf(entry.Key, proved, now);
        key = status is KeyStatus.Accepted ? entry.Key : null;
        return status;
    }

    /// <summary>The key in the headers of a request: <c>Authorization: Bearer</c>, or <c>x-api-key</c>.</summary>
    public static ReadOnlySpan<char> Presented(IHeaderDictionary headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        const string Bearer = "Bearer ";
        var authorization = headers.Authorization;
        if (authorization.Count == 1 && authorization[0] is { } value && value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return value.AsSpan(Bearer.Length).Trim();
        }

        var apiKey = headers["x-api-key"];
        return apiKey.Count == 1 ? apiKey[0].AsSpan().Trim() : default;
    }

    private KeyStatus OfCertificate(string certificate, DateTimeOffset now, out GatewayKey? key)
    {
        key = _byCertificate.GetValueOrDefault(certificate);
        if (key is null)
        {
            return KeyStatus.Missing;
        }

        var status = StatusOf(key, KeyStatus.Accepted, now);
        key = status is KeyStatus.Accepted ? key : null;
        return status;
    }

    private static KeyStatus Prove(Live[] secrets, ReadOnlySpan<byte> hash, DateTimeOffset now)
    {
        var status = KeyStatus.Unknown;
        foreach (var secret in secrets)
        {
            if (CryptographicOperations.FixedTimeEquals(secret.Hash, hash))
            {
                status = now < secret.Expires ? KeyStatus.Accepted : KeyStatus.Expired;
            }
        }

        return status;
    }

    private static KeyStatus StatusOf(GatewayKey key, KeyStatus proved, DateTimeOffset now)
    {
        if (key.Revoked is not null)
        {
            return KeyStatus.Revoked;
        }

        return key.Expires is { } expires && now >= expires ? KeyStatus.Expired : proved;
    }

    private readonly record struct Live(byte[] Hash, DateTimeOffset Expires);

    private sealed class Entry(GatewayKey key)
    {
        public GatewayKey Key { get; } = key;

        public Live[] Secrets { get; } =
        [
            .. key.Secrets.Select(static secret =>
                new Live(Convert.FromHexString(secret.Sha256), secret.Expires ?? DateTimeOffset.MaxValue)),
        ];
    }
}
