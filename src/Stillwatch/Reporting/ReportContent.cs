namespace Stillwatch.Reporting;

/// <summary>What one page shows: the report, its campaigns that get a section, and their members that are listed.</summary>
internal sealed class ReportContent
{
    public ReportContent(HuntReport report)
    {
        Report = report;
        Timeline = Timeline.Of(report);
        Sections = [.. report.Campaigns.Take(ReportBounds.Sections)];
        Listed = MemberListing.Of(Sections);
    }

    public HuntReport Report { get; }

    public Timeline Timeline { get; }

    /// <summary>Campaigns with a section of their own.</summary>
    public IReadOnlyList<CampaignReport> Sections { get; }

    /// <summary>For each of <see cref="Sections"/> the members that are listed, the drawn ones first.</summary>
    public IReadOnlyList<CampaignMember[]> Listed { get; }
}
