namespace Stillwatch.Simulation.Planning;

/// <summary>At which local hours an account is active.</summary>
internal enum Rhythm : byte
{
    /// <summary>Waking hours with a peak in the evening, weekends included.</summary>
    Waking,

    /// <summary>Working hours, little at weekends.</summary>
    Office,

    /// <summary>The load of people elsewhere: highest in daytime, never nothing.</summary>
    Served,

    /// <summary>Every hour alike.</summary>
    AlwaysOn,

    /// <summary>One hour of its own, the same every day: a scheduled job.</summary>
    Scheduled,

    /// <summary>The hours of the group's timetable.</summary>
    Timetable,
}
