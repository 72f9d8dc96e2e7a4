namespace Stillwatch.Evidence.Cases;

/// <summary>Who may decide on a verdict.</summary>
public enum CaseAuthority
{
    /// <summary>The system may act alone, and so may a person.</summary>
    Alone,

    /// <summary>A person has to decide.</summary>
    Person,

    /// <summary>A person has to decide, and a second one to confirm.</summary>
    TwoPeople,
}
