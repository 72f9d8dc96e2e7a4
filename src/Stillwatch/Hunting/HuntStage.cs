namespace Stillwatch.Hunting;

/// <summary>Where a hunt is.</summary>
public enum HuntStage
{
    /// <summary>Rolling up interactions that are new since the last hunt.</summary>
    RollingUp,

    /// <summary>Reading what every account did.</summary>
    Profiling,

    /// <summary>Linking accounts by what they share.</summary>
    Linking,

    /// <summary>Finding groups.</summary>
    Grouping,

    /// <summary>Reading the prompts of the groups' members.</summary>
    Sampling,

    /// <summary>Testing the groups.</summary>
    Testing,

    /// <summary>Putting the findings together.</summary>
    Explaining,
}
