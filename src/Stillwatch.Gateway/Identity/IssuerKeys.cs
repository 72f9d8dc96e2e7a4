using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Stillwatch.Gateway.Configuration;

namespace Stillwatch.Gateway.Identity;

/// <summary>The public keys of one issuer of tokens: from a file, or discovered and asked for again when they change.</summary>
/// <remarks>
/// What was discovered is kept for hours and asked for anew, at most every few minutes, when a token names a key that is not known. While
/// the issuer cannot be reached, the keys known last go on.
/// </remarks>
internal sealed class IssuerKeys : IDisposable
{
    private const int MaxBytes = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string _issuer;
    private readonly IReadOnlyList<SecurityKey>? _fixed;
    private readonly ConfigurationManager<OpenIdConnectConfiguration>? _discovered;
    private readonly HttpClient? _client;

    /// <param name="options">The issuer.</param>
    /// <exception cref="InvalidDataException">The file of keys cannot be used.</exception>
    public IssuerKeys(TokenIssuerOptions options)
    {
        _issuer = options.Issuer;
        if (options.KeysFile is { } file)
        {
            _fixed = ReadFile(file);
            return;
        }

        _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
        {
            Timeout = Patience,
            MaxResponseContentBufferSize = MaxBytes,
        };

        // What is fetched in the clear is from this machine: the configuration allows nothing else.
        var retriever = new HttpDocumentRetriever(_client) { RequireHttps = options.Discovery!.Scheme == "https" };
        _discovered = new(options.Discovery.AbsoluteUri, new OpenIdConnectConfigurationRetriever(), retriever);
    }

    /// <summary>The keys; empty while they cannot be had.</summary>
    public async ValueTask<IReadOnlyList<SecurityKey>> GetAsync(CancellationToken cancellationToken)
    {
        if (_fixed is not null)
        {
            return _fixed;
        }

        try
        {
            var found = await _discovered!.GetConfigurationAsync(cancellationToken).ConfigureAwait(false);
            return found.Issuer == _issuer ? [.. found.SigningKeys] : [];
        }
        catch (Exception away) when (away is InvalidOperationException or IOException)
        {
            return [];
        }
    }

    /// <summary>Asks for the keys again, unless that was done a short while ago.</summary>
    public void Refresh() => _discovered?.RequestRefresh();

    /// <inheritdoc/>
    public void Dispose() => _client?.Dispose();

    /// <summary>Reads a JWK Set.</summary>
    /// <exception cref="InvalidDataException">It is none, holds a secret, or no key that can check a signature.</exception>
    public static IReadOnlyList<SecurityKey> ReadFile(string path)
    {
        if (new FileInfo(path).Length > MaxBytes)
        {
            throw new InvalidDataException($"it is longer than {MaxBytes} bytes.");
        }

        JsonWebKeySet set;
        try
        {
            set = new(File.ReadAllText(path));
        }
        catch (ArgumentException broken)
        {
            throw new InvalidDataException("it is no set of public keys (JWK Set, RFC 7517).", broken);
        }

        if (set.Keys.Any(static key => key.HasPrivateKey || key.Kty == JsonWebAlgorithmsKeyTypes.Octet))
        {
            throw new InvalidDataException("it holds a secret key; give public keys only.");
        }

        var keys = set.GetSigningKeys();
        return keys.Count > 0 ? [.. keys] : throw new InvalidDataException("it has no key that can check a signature.");
    }
}
