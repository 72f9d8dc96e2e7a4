namespace Stillwatch.Evidence.Sharing.Stix.Export;

/// <summary>What a bundle tells of customers and of the provider beyond pseudonyms; nothing unless asked for.</summary>
[Flags]
public enum Revelations
{
    /// <summary>Pseudonyms, days, and the kinds of evidence only.</summary>
    None = 0,

    /// <summary>The accounts' own names.</summary>
    Accounts = 1,

    /// <summary>Numbers of interactions, strength of evidence, and the sentences with figures.</summary>
    Figures = 2,

    /// <summary>Which models were asked.</summary>
    Models = 4,
}
