namespace Stillwatch.Evidence.TransparencyLog;

/// <summary>
/// A write failed, so that nobody knows what is on the disk: the log takes no more entries until it is opened again. Entries whose append
/// ended so may or may not be in the log.
/// </summary>
public sealed class LogStoppedException : IOException
{
    /// <summary>A log that stopped.</summary>
    public LogStoppedException()
    {
    }

    /// <summary>A log that stopped, with a text of its own.</summary>
    public LogStoppedException(string message)
        : base(message)
    {
    }

    /// <summary>A log that stopped because of a failure.</summary>
    public LogStoppedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
