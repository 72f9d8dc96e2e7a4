namespace Stillwatch.Evidence.TransparencyLog;

/// <summary>Another process, or another writer of this one, has the log. It may have given it back a moment later.</summary>
public sealed class LogBusyException : IOException
{
    /// <summary>A log that another has.</summary>
    public LogBusyException()
    {
    }

    /// <summary>A log that another has, with a text of its own.</summary>
    public LogBusyException(string message)
        : base(message)
    {
    }

    /// <summary>A log that another has, because of a failure.</summary>
    public LogBusyException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
