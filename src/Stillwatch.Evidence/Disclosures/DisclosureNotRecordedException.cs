namespace Stillwatch.Evidence.Disclosures;

/// <summary>Nothing was given out, because the record of it could not be written.</summary>
public sealed class DisclosureNotRecordedException : IOException
{
    /// <param name="message">What was not given and why.</param>
    /// <param name="inner">What kept the record from being written; null where the gate was closed before.</param>
    public DisclosureNotRecordedException(string message, Exception? inner)
        : base(message, inner)
    {
    }
}
