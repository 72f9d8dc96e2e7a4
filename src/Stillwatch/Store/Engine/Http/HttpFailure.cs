using System.Text;

namespace Stillwatch.Store.Engine.Http;

/// <summary>What went wrong between a server and this program, as the exception to throw.</summary>
internal static class HttpFailure
{
    private const int LongestErrorBytes = 64 << 10;

    /// <summary>The answer was an error: ClickHouse's, or that of something in front of it.</summary>
    internal static async Task<Exception> OfAsync(
        HttpResponseMessage response, StoreAddress address, string statement, CancellationToken cancellationToken)
    {
        var text = await TextAsync(response, cancellationToken).ConfigureAwait(false);
        var (code, message) = ServerError.Parse(text);
        return code switch
        {
            0 => new StoreUnavailableException(
                $"The server at {address} answered {(int)response.StatusCode} ({response.ReasonPhrase}), not as ClickHouse does; " +
                "check host and port."),
            ClickHouseException.UnknownUser or ClickHouseException.WrongPassword or ClickHouseException.RequiredPassword or
                ClickHouseException.AuthenticationFailed => new StoreUnavailableException(
                    $"The ClickHouse server at {address} refuses the user ({message}); set {HttpConnection.UserVariable} and " +
                    $"{HttpConnection.PasswordVariable}, or http://user:password@host:port/database."),
            _ => ServerError.Of(text, statement),
        };
    }

    /// <summary>No answer, or not all of it.</summary>
    internal static StoreUnavailableException Of(Exception cause, StoreAddress address)
    {
        var error = cause switch
        {
            HttpRequestException request => request.HttpRequestError,
            HttpIOException reading => reading.HttpRequestError,
            _ => HttpRequestError.Unknown,
        };
        var beforeSending = error is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or
            HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError || cause is OperationCanceledException;
        var reason = cause.Message.ReplaceLineEndings(" ").TrimEnd('.');
        return beforeSending
            ? new($"The ClickHouse server at {address} cannot be reached ({reason}); check that it runs, and its host and port.", cause)
            : new($"The connection to the ClickHouse server at {address} broke ({reason}); check that it runs and try again.", cause)
            {
                OutcomeUnknown = true,
            };
    }

    private static async Task<string> TextAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var bytes = new byte[LongestErrorBytes];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
