namespace Stillwatch.Simulation.Grammar;

/// <summary>Habits of typing that change what a grammar wrote.</summary>
[Flags]
internal enum VoiceHabits
{
    None = 0,

    /// <summary>No capitals at all.</summary>
    LowerCase = 1,

    /// <summary>The last full stop or question mark is left out.</summary>
    NoFinalStop = 2,

    /// <summary>About one letter in 140 changes places with its neighbour.</summary>
    Typos = 4,

    /// <summary>Begins with a greeting.</summary>
    Greets = 8,
}
