namespace Stillwatch.Gateway.Networks;

/// <summary>Where the databases are that the build restores as npm packages: beside or above the program.</summary>
/// <remarks>
/// Countries: CC0. Autonomous systems: CC BY 4.0, by Route Views, DB-IP and the Number Resource Organization (NOTICE).
/// </remarks>
internal static class NetworkPackages
{
    /// <summary>What stands for the package in a configuration.</summary>
    public const string Name = "packaged";

    /// <summary>Countries.</summary>
    public static IReadOnlyList<string> Countries { get; } =
        ["@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb"];

    /// <summary>Autonomous systems.</summary>
    public static IReadOnlyList<string> Systems { get; } = ["@ip-location-db/asn/asn-ipv4.csv", "@ip-location-db/asn/asn-ipv6.csv"];

    /// <summary>The path of a file of a package; null where it is not restored.</summary>
    public static string? Find(string file)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var candidate = Path.Combine(directory.FullName, "node_modules", file);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
