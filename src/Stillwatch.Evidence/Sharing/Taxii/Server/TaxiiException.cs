namespace Stillwatch.Evidence.Sharing.Taxii.Server;

/// <summary>A request that gets an error message (TAXII 2.1, 3.6.1).</summary>
internal sealed class TaxiiException(int status, string title, string description) : Exception(description)
{
    /// <summary>HTTP status.</summary>
    public int Status => status;

    /// <summary>The error in two words.</summary>
    public string Title => title;

    /// <summary>Nothing of this name, or nothing that one may know of.</summary>
    public static TaxiiException NotFound(string what) => new(404, "NotFound", $"There is no such {what}.");

    /// <summary>The request itself cannot be understood.</summary>
    public static TaxiiException Bad(string why) => new(400, "ProcessingError", why);
}
