namespace Stillwatch.Reporting;

/// <summary>What bounds the size of a page, whatever the hunt found. The findings file names what is only counted on the page.</summary>
internal static class ReportBounds
{
    /// <summary>Campaigns with a section of their own, the strongest.</summary>
    public const int Sections = 20;

    /// <summary>Campaigns listed.</summary>
    public const int Campaigns = 200;

    /// <summary>Accounts listed outside campaigns.</summary>
    public const int AccountsOutside = 200;

    /// <summary>Reasons told for one campaign, and for one account.</summary>
    public const int Reasons = 24;

    /// <summary>Models named for one campaign.</summary>
    public const int Models = 12;

    /// <summary>Characters of a sentence.</summary>
    public const int Sentence = 600;

    /// <summary>Characters of a shared value, a model and of a name where all members are not listed.</summary>
    public const int Label = 120;

    /// <summary>Bytes of all members' rows together.</summary>
    public const int MemberBytes = 2_200_000;

    /// <summary>Characters of all members' reasons together; past them a reason is told by its title only.</summary>
    public const int MemberReasons = 150_000;
}
