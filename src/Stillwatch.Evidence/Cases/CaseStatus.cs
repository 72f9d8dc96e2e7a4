namespace Stillwatch.Evidence.Cases;

/// <summary>Where a case stands.</summary>
public enum CaseStatus
{
    /// <summary>It is being looked at; no decision is in force.</summary>
    Open,

    /// <summary>A person has proposed a decision; it is in force once a second person confirms it.</summary>
    Proposed,

    /// <summary>A decision is in force.</summary>
    Decided,

    /// <summary>The decision is in force and is contested: somebody else has to decide anew.</summary>
    Appealed,

    /// <summary>Its content was deleted; entries and their proofs stay.</summary>
    Deleted,
}
