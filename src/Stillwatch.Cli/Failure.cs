using Stillwatch.Cli.Verbs.Lineage;
using Stillwatch.Evidence.Disclosures;
using Stillwatch.Evidence.Sharing.PrivateMatching.Matching;
using Stillwatch.Evidence.Sharing.Taxii.Client;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Interactions.Reading;
using Stillwatch.Store.Engine;

namespace Stillwatch.Cli;

/// <summary>What ended a verb: an exit status and one sentence.</summary>
/// <param name="Status">See <see cref="ExitStatus"/>.</param>
/// <param name="Sentence">What was wrong, and what to do about it where that is known.</param>
internal readonly record struct Failure(int Status, string Sentence)
{
    private const int NoSpaceErrno = 28;
    private const int QuotaErrno = 122;

    /// <summary>Reads the cause; input that is missing, unreadable or malformed is the caller's to mend, all else is ours.</summary>
    public static Failure Of(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions.Count: 1 } wrapper => Of(wrapper.InnerExceptions[0]),
        UnusableException or InvalidDataException or InputException or InputFaultException => new(ExitStatus.Unusable, exception.Message),
        FileNotFoundException { FileName: { Length: > 0 } file } => new(ExitStatus.Unusable, $"{file}: there is no such file."),
        FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException => new(ExitStatus.Unusable, exception.Message),
        IOException { HResult: NoSpaceErrno or QuotaErrno } => new(ExitStatus.Failed, $"The disk is full: {exception.Message}"),
        DisclosureNotRecordedException or TaxiiAnswerException or KeyServiceException or LogStoppedException or LogBusyException
            or SuspectApiException =>
            new(ExitStatus.Failed, exception.Message),
        StoreUnavailableException or ClickHouseException => new(ExitStatus.Failed, exception.Message),
        OutOfMemoryException => new(ExitStatus.Failed, "There is not enough memory for this."),
        _ => new(ExitStatus.Failed, $"{exception.GetType().Name}: {exception.Message}"),
    };
}
