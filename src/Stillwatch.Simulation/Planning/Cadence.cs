namespace Stillwatch.Simulation.Planning;

/// <summary>How an account spreads its exchanges over time.</summary>
internal struct Cadence
{
    /// <summary>Hours of activity.</summary>
    public Rhythm Rhythm;

    /// <summary>Probability that a weekday sees the account at all.</summary>
    public float ActiveDays;

    /// <summary>Standard deviation of the logarithm of an active day's volume.</summary>
    public float DaySigma;

    /// <summary>Mean units (conversations, jobs, items) in one go.</summary>
    public float UnitsPerSession;

    /// <summary>Mean exchanges of a unit.</summary>
    public float TurnsPerUnit;

    /// <summary>Median seconds between exchanges that follow each other.</summary>
    public float GapSeconds;

    /// <summary>Standard deviation of the logarithm of that gap.</summary>
    public float GapSigma;

    /// <summary>Sessions are delayed at random by up to this many hours.</summary>
    public float JitterHours;
}
