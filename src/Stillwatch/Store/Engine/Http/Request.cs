using System.Text;

namespace Stillwatch.Store.Engine.Http;

/// <summary>One statement on its way.</summary>
/// <param name="Content">The body: the statement, or the block when the statement is in the address.</param>
/// <param name="Statement">The statement.</param>
/// <param name="Settings">Its settings, which become parameters of the address.</param>
/// <param name="IsInUrl">Whether the address carries the statement.</param>
internal sealed record Request(HttpContent Content, string Statement, IReadOnlyDictionary<string, string> Settings, bool IsInUrl = false)
{
    /// <summary>Path and parameters for the server.</summary>
    internal Uri Uri(string? database, string id, int serverBufferBytes)
    {
        var uri = new StringBuilder("/?default_format=RowBinary&wait_end_of_query=1");
        Append(uri, "buffer_size", serverBufferBytes.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Append(uri, "query_id", id);
        foreach (var (name, value) in Settings)
        {
            Append(uri, name, value);
        }

        if (database is not null)
        {
            Append(uri, "database", database);
        }

        if (IsInUrl)
        {
            Append(uri, "query", Statement);
        }

        return new(uri.ToString(), UriKind.Relative);
    }

    private static void Append(StringBuilder uri, string name, string value) =>
        uri.Append('&').Append(name).Append('=').Append(System.Uri.EscapeDataString(value));
}
