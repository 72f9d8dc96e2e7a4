using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Stillwatch.Evidence.Sharing.Taxii.Server;

/// <summary>Media types of TAXII 2.1 (1.6.8; IANA: application/taxii+json with the optional parameter version).</summary>
internal static class TaxiiMediaTypes
{
    /// <summary>What the server answers with.</summary>
    public const string Taxii = "application/taxii+json;version=2.1";

    /// <summary>What collections hold.</summary>
    public const string Stix = "application/stix+json;version=2.1";

    /// <summary>Whether an Accept header names TAXII 2.1, or TAXII without a version. A wildcard does not, as at the reference.</summary>
    public static bool IsAccepted(StringValues accept) =>
        MediaTypeHeaderValue.TryParseList(accept, out var types) && types.Any(static type => IsTaxii(type) && type.Quality is null or > 0);

    /// <summary>Whether a Content-Type header is that of TAXII 2.1.</summary>
    public static bool IsContent(string? contentType) => MediaTypeHeaderValue.TryParse(contentType, out var type) && IsTaxii(type);

    private static bool IsTaxii(MediaTypeHeaderValue type)
    {
        var version = type.Parameters
            .FirstOrDefault(static parameter => parameter.Name.Equals("version", StringComparison.OrdinalIgnoreCase));
        return type.MediaType.Equals("application/taxii+json", StringComparison.OrdinalIgnoreCase)
            && (version is null || HeaderUtilities.RemoveQuotes(version.Value).Equals("2.1", StringComparison.Ordinal));
    }
}
