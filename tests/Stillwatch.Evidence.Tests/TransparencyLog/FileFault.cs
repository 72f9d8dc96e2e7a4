namespace Stillwatch.Evidence.Tests.TransparencyLog;

/// <summary>How an operation on a file goes wrong.</summary>
public enum FileFault
{
    /// <summary>It fails and has done nothing.</summary>
    Undone,

    /// <summary>A write fails with half of the content written; other operations fail undone.</summary>
    Torn,

    /// <summary>It is done, but reported as failed.</summary>
    Done,
}
