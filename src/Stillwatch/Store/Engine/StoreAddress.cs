using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Stillwatch.Store.Engine;

/// <summary>
/// Where a store is: a directory on this machine, or a ClickHouse server as <c>http[s]://[user:password@]host[:port][/database]</c>.
/// </summary>
public sealed class StoreAddress
{
    /// <summary>The directory when none is named.</summary>
    public const string DefaultDirectory = "./stillwatch-data";

    /// <summary>The database when the address of a server names none, and the one inside the embedded engine.</summary>
    public const string DefaultDatabase = "stillwatch";

    private const int DefaultPort = 8123;
    private const int DefaultTlsPort = 8443;

    private StoreAddress(string? directory, Uri? server, string database, NetworkCredential? credential) =>
        (Directory, Server, Database, Credential) = (directory, server, database, credential);

    /// <summary>The absolute path of the directory; null for a server.</summary>
    public string? Directory { get; }

    /// <summary>Scheme, host and port of the server, no user, no path; null for a directory.</summary>
    public Uri? Server { get; }

    /// <summary>The database that holds the tables.</summary>
    public string Database { get; }

    /// <summary>Whether the engine runs in this process.</summary>
    [MemberNotNullWhen(true, nameof(Directory))]
    [MemberNotNullWhen(false, nameof(Server))]
    public bool IsEmbedded => Server is null;

    /// <summary>User and password of the address.</summary>
    internal NetworkCredential? Credential { get; }

    /// <summary>Reads an address; empty or null is <see cref="DefaultDirectory"/>.</summary>
    /// <exception cref="StoreUnavailableException">The text is neither a path nor an http or https address of a host.</exception>
    public static StoreAddress Parse(string? text)
    {
        var address = string.IsNullOrWhiteSpace(text) ? DefaultDirectory : text.Trim();
        if (address.Contains('\0', StringComparison.Ordinal))
        {
            throw new StoreUnavailableException("The store address has a NUL character; give a directory or http://host:8123/database.");
        }

        return address.Contains("://", StringComparison.Ordinal)
            ? ParseServer(address)
            : new(Path.TrimEndingDirectorySeparator(Path.GetFullPath(address)), null, DefaultDatabase, null);
    }

    /// <summary>The address for people, without password.</summary>
    public override string ToString() => IsEmbedded ? Directory : $"{Server.GetLeftPart(UriPartial.Authority)}/{Database}";

    private static StoreAddress ParseServer(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
        {
            throw new StoreUnavailableException(
                $"The store address '{Redacted(address)}' is not understood; give a directory, or http[s]://host:8123/database.");
        }

        var port = !uri.IsDefaultPort || HasPort(address) ? uri.Port : uri.Scheme == "https" ? DefaultTlsPort : DefaultPort;
        return new(null, new UriBuilder(uri.Scheme, uri.Host, port).Uri, DatabaseOf(uri), CredentialOf(uri));
    }

    private static bool HasPort(string address)
    {
        var authority = address[(address.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var end = authority.AsSpan().IndexOfAny('/', '?', '#');
        authority = end < 0 ? authority : authority[..end];
        return authority.LastIndexOf(':') > Math.Max(authority.LastIndexOf('@'), authority.LastIndexOf(']'));
    }

    private static string DatabaseOf(Uri uri)
    {
        var name = Uri.UnescapeDataString(uri.AbsolutePath).Trim('/');
        if (uri.Query.Length + uri.Fragment.Length > 0 || (name.Length > 0 && !SqlIdentifier.IsValid(name)))
        {
            throw new StoreUnavailableException(
                $"After the host, the store address may have one database name of letters, digits and underscores, as in " +
                $"http://host:8123/{DefaultDatabase}; '{uri.AbsolutePath}{uri.Query}{uri.Fragment}' is not accepted.");
        }

        return name.Length == 0 ? DefaultDatabase : name;
    }

    private static NetworkCredential? CredentialOf(Uri uri)
    {
        if (uri.UserInfo.Length == 0)
        {
            return null;
        }

        var parts = uri.UserInfo.Split(':', 2);
        return new(Uri.UnescapeDataString(parts[0]), parts.Length == 2 ? Uri.UnescapeDataString(parts[1]) : string.Empty);
    }

    private static string Redacted(string address)
    {
        var at = address.LastIndexOf('@');
        var scheme = address.IndexOf("://", StringComparison.Ordinal) + 3;
        return at < scheme ? address : string.Concat(address.AsSpan(0, scheme), "…", address.AsSpan(at));
    }
}
