using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Stillwatch.Gateway.Configuration;
using Stillwatch.Interactions;

namespace Stillwatch.Gateway.Identity;

/// <summary>Accepts tokens (JWT, RFC 7519; signed, RFC 7515) in place of keys. Safe to use from many threads.</summary>
/// <remarks>
/// Only signatures by public keys count, so nobody who may check a token may make one; <c>exp</c> is needed; a token for another audience
/// is none (RFC 8725). A token that was accepted is remembered, by its hash and up to its end, so that its signature is checked once.
/// </remarks>
public sealed class TokenVerifier : IDisposable
{
    /// <summary>The longest token, in characters.</summary>
    public const int MaxLength = 16 << 10;

    private const int MaxRemembered = 20_000;

    /// <summary>How far clocks may differ.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MaxLength };
    private readonly Dictionary<string, (TokenIssuerOptions Options, IssuerKeys Keys)> _issuers;
    private readonly ConcurrentDictionary<UInt128, (GatewayKey Key, DateTimeOffset End)> _remembered = new();

    /// <param name="issuers">Whose tokens are accepted.</param>
    /// <exception cref="InvalidDataException">A file of keys cannot be used.</exception>
    public TokenVerifier(IReadOnlyList<TokenIssuerOptions> issuers)
    {
        ArgumentNullException.ThrowIfNull(issuers);
        Issuers = issuers;
        _issuers = issuers.ToDictionary(static issuer => issuer.Issuer, static issuer => (issuer, new IssuerKeys(issuer)));
    }

    /// <summary>Whose tokens are accepted.</summary>
    public IReadOnlyList<TokenIssuerOptions> Issuers { get; }

    /// <summary>Whether something presented has the form of a token: three parts, the first of which is an object.</summary>
    public static bool IsToken(ReadOnlySpan<char> presented) =>
        presented.StartsWith("eyJ", StringComparison.Ordinal) && presented.Count('.') == 2;

    /// <summary>Finds out whose token was presented.</summary>
    /// <param name="token">The token.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Ends waiting for the issuer's keys.</param>
    /// <returns>What it proves; and, where it is accepted, what it may do.</returns>
    public async ValueTask<(KeyStatus Status, GatewayKey? Key)> VerifyAsync(
        string token, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.Length > MaxLength)
        {
            return (KeyStatus.Malformed, null);
        }

        var hash = HashOf(token);
        if (_remembered.TryGetValue(hash, out var known))
        {
            return now < known.End ? (KeyStatus.Accepted, known.Key) : (KeyStatus.Expired, null);
        }

        if (!_handler.CanReadToken(token) || Read(token) is not { } read || !_issuers.TryGetValue(read.Issuer, out var issuer))
        {
            return (KeyStatus.Unknown, null);
        }

        var result = await CheckAsync(token, issuer, now, cancellationToken).ConfigureAwait(false);
        if (!result.IsValid)
        {
            return (result.Exception is SecurityTokenExpiredException ? KeyStatus.Expired : KeyStatus.Unknown, null);
        }

        return KeyOf((JsonWebToken)result.SecurityToken, issuer.Options) is { } key
            ? Remember(hash, key, new DateTimeOffset(((JsonWebToken)result.SecurityToken).ValidTo, TimeSpan.Zero) + Skew)
            : (KeyStatus.Malformed, null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, keys) in _issuers.Values)
        {
            keys.Dispose();
        }
    }

    private static UInt128 HashOf(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }

    private JsonWebToken? Read(string token)
    {
        try
        {
            return _handler.ReadJsonWebToken(token);
        }
        catch (Exception broken) when (broken is ArgumentException or SecurityTokenException or FormatException)
        {
            return null;
        }
    }

    private async Task<TokenValidationResult> CheckAsync(
        string token, (TokenIssuerOptions Options, IssuerKeys Keys) issuer, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var keys = await issuer.Keys.GetAsync(cancellationToken).ConfigureAwait(false);
        var result = await _handler.ValidateTokenAsync(token, Parameters(issuer.Options, keys, now)).ConfigureAwait(false);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // Issuers change their keys; whether this is one of the new ones shows at the next request.
            issuer.Keys.Refresh();
        }

        return result;
    }

    private static TokenValidationParameters Parameters(
        TokenIssuerOptions options, IReadOnlyList<SecurityKey> keys, DateTimeOffset now) => new()
        {
            ValidIssuer = options.Issuer,
            ValidAudiences = options.Audiences,
            ValidAlgorithms = Algorithms,
            IssuerSigningKeys = keys,
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            TryAllIssuerSigningKeys = true,
            LifetimeValidator = (from, to, _, _) =>
            {
                if (to is not { } end || now >= new DateTimeOffset(end, TimeSpan.Zero) + Skew)
                {
                    throw new SecurityTokenExpiredException();
                }

                return from is not { } start || now >= new DateTimeOffset(start, TimeSpan.Zero) - Skew;
            },
        };

    /// <summary>What a token's bearer may do; null where a claim that is needed is missing or cannot be used.</summary>
    private static GatewayKey? KeyOf(JsonWebToken token, TokenIssuerOptions options)
    {
        var account = Claim(token, options.AccountClaim);
        var organization = options.OrganizationClaim is { } claim ? Claim(token, claim) : null;
        if (account is null || organization?.Length > AccountId.MaxLength)
        {
            return null;
        }

        account = options.AccountPrefix + account;
        return account.Length > AccountId.MaxLength ? null : new GatewayKey
        {
            Id = IdOf(options.Issuer, account),
            Account = account,
            Organization = organization,
            Tier = (options.TierClaim is { } tier ? Claim(token, tier) : null) ?? options.Tier,
            Models = options.Models,
            Endpoints = options.Endpoints,
        };
    }

    private static string? Claim(JsonWebToken token, string name) =>
        token.TryGetPayloadValue<string>(name, out var value) && !string.IsNullOrEmpty(value) && !value.Any(char.IsControl) ? value : null;

    /// <summary>The same for all tokens of an account, so that limits by key hold whatever tokens it gets.</summary>
    private static string IdOf(string issuer, string account) =>
        $"jwt-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\n{account}")).AsSpan(0, 8))}";

    private (KeyStatus Status, GatewayKey? Key) Remember(UInt128 hash, GatewayKey key, DateTimeOffset end)
    {
        if (_remembered.Count >= MaxRemembered)
        {
            _remembered.Clear();
        }

        _remembered[hash] = (key, end);
        return (KeyStatus.Accepted, key);
    }
}
