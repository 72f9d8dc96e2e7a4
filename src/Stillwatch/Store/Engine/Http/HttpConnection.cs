using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace Stillwatch.Store.Engine.Http;

/// <summary>The client of one server: who it says it is, and how it treats connections.</summary>
internal static class HttpConnection
{
    internal const string UserVariable = "STILLWATCH_CLICKHOUSE_USER";
    internal const string PasswordVariable = "STILLWATCH_CLICKHOUSE_PASSWORD";

    private const int MaxConnections = 64;

    /// <summary>
    /// Servers close idle connections after 3 s (older defaults) or more; a request on a connection that is just being closed is lost, and
    /// an insert cannot be sent again unseen.
    /// </summary>
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(2);

    internal static HttpClient Client(StoreAddress address, EngineOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = ConnectAsync,
            ConnectTimeout = options.ConnectTimeout,
            MaxConnectionsPerServer = MaxConnections,
            PooledConnectionIdleTimeout = IdleTimeout,
            UseCookies = false,
            UseProxy = false,
        };
        var client = new HttpClient(handler) { BaseAddress = address.Server, Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = Authorization(CredentialOf(address, options));
        client.DefaultRequestHeaders.ExpectContinue = false;
        return client;
    }

    /// <summary>The address's user, else the environment's.</summary>
    internal static NetworkCredential? CredentialOf(StoreAddress address, EngineOptions options)
    {
        if (address.Credential is not null || options.Environment(UserVariable) is not { Length: > 0 } user)
        {
            return address.Credential;
        }

        return new(user, options.Environment(PasswordVariable) ?? string.Empty);
    }

    private static AuthenticationHeaderValue? Authorization(NetworkCredential? credential)
    {
        if (credential?.UserName.Contains(':', StringComparison.Ordinal) == true)
        {
            throw new StoreUnavailableException(
                $"The ClickHouse user '{credential.UserName}' has a colon, which HTTP cannot carry; use another user.");
        }

        return credential is null
            ? null
            : new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.UserName}:{credential.Password}")));
    }

    /// <summary>
    /// Connects with TCP keep-alive: a server computes for minutes without sending a byte, and only probes tell that from a host that is
    /// gone.
    /// </summary>
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 30);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
