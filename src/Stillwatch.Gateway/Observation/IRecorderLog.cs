namespace Stillwatch.Gateway.Observation;

/// <summary>Is told what went wrong while recording.</summary>
public interface IRecorderLog
{
    /// <summary>The spool could not be emptied; it is tried again.</summary>
    void DrainFailed(Exception failure);

    /// <summary>The spool could not be written through to the disk; it is tried again.</summary>
    void FlushFailed(Exception failure);
}
