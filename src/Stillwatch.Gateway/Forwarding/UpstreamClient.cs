using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Stillwatch.Evidence.Storage;
using Stillwatch.Gateway.Configuration;

namespace Stillwatch.Gateway.Forwarding;

/// <summary>The connections to one upstream.</summary>
/// <remarks>
/// Nothing is decompressed, redirected, cached or repeated, and no proxy of the environment is asked. Small writes leave at once:
/// with Nagle's algorithm and delayed acknowledgements on, each would wait some 40 ms.
/// </remarks>
public sealed class UpstreamClient : IDisposable
{
    private const int MaxKeyBytes = 16 << 10;
    private const int MostAddresses = 64;

    private readonly ConcurrentDictionary<string, Uri> _addresses = new(StringComparer.Ordinal);
    private readonly HttpMessageInvoker _invoker;
    private readonly string? _key;
    private readonly string _base;

    /// <param name="options">Where and how.</param>
    /// <exception cref="InvalidDataException">The upstream's key is not there, or others may read its file.</exception>
    public UpstreamClient(UpstreamOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        _key = ReadKey(options);
        _base = options.Url.GetLeftPart(UriPartial.Path).TrimEnd('/');
        _invoker = new(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = options.ConnectTimeout,
            ConnectCallback = static (context, cancellation) => ConnectAsync(context.DnsEndPoint, cancellation),
            MaxConnectionsPerServer = options.MaxConnections,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
            ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        });
    }

    /// <summary>Where and how.</summary>
    public UpstreamOptions Options { get; }

    /// <summary>Opens a connection on which small writes leave at once.</summary>
    /// <exception cref="SocketException">Nobody answers there.</exception>
    public static async ValueTask<Stream> ConnectAsync(DnsEndPoint endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Makes a request to the upstream, with its key.</summary>
    /// <param name="method">The method.</param>
    /// <param name="pathAndQuery">Path and query, escaped.</param>
    public HttpRequestMessage CreateRequest(string method, string pathAndQuery)
    {
        var request = new HttpRequestMessage(HttpMethod.Parse(method), AddressOf(pathAndQuery))
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (_key is not null)
        {
            _ = Options.Scheme is CredentialScheme.ApiKeyHeader
                ? request.Headers.TryAddWithoutValidation("x-api-key", _key)
                : request.Headers.TryAddWithoutValidation("Authorization", _key);
        }

        return request;
    }

    /// <summary>The few paths of the API are parsed once; what has a query, or is one path of too many, each time.</summary>
    private Uri AddressOf(string pathAndQuery)
    {
        if (_addresses.TryGetValue(pathAndQuery, out var known))
        {
            return known;
        }

        var address = new Uri(_base + pathAndQuery);
        return _addresses.Count < MostAddresses && !pathAndQuery.Contains('?', StringComparison.Ordinal)
            ? _addresses.GetOrAdd(pathAndQuery, address)
            : address;
    }

    /// <summary>Sends a request; completes with the reply's headers.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _invoker.SendAsync(request, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _invoker.Dispose();

    private static string? ReadKey(UpstreamOptions options)
    {
        var key = options switch
        {
            { KeyVariable: { } variable } => Environment.GetEnvironmentVariable(variable),
            { KeyFile: { } file } => Encoding.UTF8.GetString(OwnerOnlyFile.Read(file, MaxKeyBytes)).Trim(),
            _ => null,
        };
        if (options.Scheme is not CredentialScheme.None && (string.IsNullOrEmpty(key) || key.Any(char.IsControl)))
        {
            throw new InvalidDataException($"The key of the upstream '{options.Name}' is empty or has more than one line.");
        }

        return options.Scheme is CredentialScheme.Bearer ? $"Bearer {key}" : key;
    }
}
