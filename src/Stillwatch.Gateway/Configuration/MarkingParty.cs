namespace Stillwatch.Gateway.Configuration;

/// <summary>Who shares a key of marks.</summary>
public enum MarkingParty
{
    /// <summary>An organisation; accounts that declare none have their own.</summary>
    Organisation,

    /// <summary>An account.</summary>
    Account,

    /// <summary>All.</summary>
    Everyone,
}
