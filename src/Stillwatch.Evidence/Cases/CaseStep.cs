namespace Stillwatch.Evidence.Cases;

/// <summary>
/// What an entry does to a case; the first six are written as steps (<c>opened</c>, …), the others are kinds of their own.
/// </summary>
public enum CaseStep
{
    /// <summary>A case over one campaign of a findings file begins.</summary>
    Opened,

    /// <summary>A decision that needs a second person.</summary>
    Proposed,

    /// <summary>A decision that is in force at once.</summary>
    Decided,

    /// <summary>A second person puts a proposed decision in force.</summary>
    Confirmed,

    /// <summary>A decision or a proposal is taken back.</summary>
    Reopened,

    /// <summary>Whom the decision concerns contests it.</summary>
    Appealed,

    /// <summary>Somebody wrote something down.</summary>
    Noted,

    /// <summary>The key of the case's content is destroyed.</summary>
    Deleted,

    /// <summary>Something of the case left the house.</summary>
    Disclosed,
}
