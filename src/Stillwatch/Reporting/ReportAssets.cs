using System.Security.Cryptography;
using System.Text;

namespace Stillwatch.Reporting;

/// <summary>The constant parts of a page, embedded in the assembly: frame, style, script, and the chart library (Apache ECharts).</summary>
internal static class ReportAssets
{
    /// <summary>The page with a <c>{{slot}}</c> for everything else.</summary>
    public static string Frame { get; } = Encoding.UTF8.GetString(Read("report.html"));

    public static byte[] Style { get; } = Read("report.css");

    public static byte[] Script { get; } =
        [.. new[] { "text.js", "members.js", "charts.js", "graph.js", "main.js" }.SelectMany(Read)];

    public static byte[] Charts { get; } = Read("echarts.min.js");

    /// <summary>
    /// A content security policy that lets the page run its own two scripts and its own style, known by their SHA-256, and load
    /// nothing: no file, no address, no inline handler, no form, no frame.
    /// </summary>
    public static string Policy { get; } =
        $"default-src 'none'; script-src {Source(Charts)} {Source(Script)}; style-src {Source(Style)}; base-uri 'none'; form-action 'none'";

    private static string Source(byte[] content) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(content))}'";

    private static byte[] Read(string name)
    {
        using var resource = typeof(ReportAssets).Assembly.GetManifestResourceStream($"Stillwatch.Reporting.{name}")
            ?? throw new InvalidOperationException($"The assembly was built without its resource {name}; see Stillwatch.csproj.");
        using var copy = new MemoryStream();
        resource.CopyTo(copy);
        return copy.ToArray();
    }
}
