namespace Stillwatch.Gateway.Ownership;

/// <summary>What is known of a party under one rule.</summary>
public enum OwnershipVerdict
{
    /// <summary>Not marked, whatever the unknown shares are.</summary>
    Clear,

    /// <summary>Marked if unknown shares are held by marked owners: a person has to find out. Never to be read as clear.</summary>
    Unresolved,

    /// <summary>Marked itself, or by those who own it.</summary>
    Marked,
}
