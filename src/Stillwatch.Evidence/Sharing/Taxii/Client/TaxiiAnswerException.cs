using System.Net;

namespace Stillwatch.Evidence.Sharing.Taxii.Client;

/// <summary>A TAXII server refused, or answered what is no TAXII.</summary>
public sealed class TaxiiAnswerException : IOException
{
    /// <param name="status">The HTTP status; null where the answer itself is at fault.</param>
    /// <param name="message">What it said, or what is wrong with it.</param>
    public TaxiiAnswerException(HttpStatusCode? status, string message)
        : base(message) => Status = status;

    /// <summary>The HTTP status; null where the answer itself is at fault.</summary>
    public HttpStatusCode? Status { get; }
}
