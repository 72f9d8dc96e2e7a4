using System.CommandLine;
using Stillwatch.Campaigns;
using Stillwatch.Evidence.Sharing.Stix.Export;

namespace Stillwatch.Cli.Verbs.Sharing;

/// <summary>Which campaigns are shared, and what of their infrastructure.</summary>
internal sealed class CampaignChoice
{
    private readonly Argument<string> _findings = new("findings")
    {
        HelpName = "FINDINGS",
        Description = "What 'hunt' or 'replay' wrote with --format json; - is standard input.",
    };

    private readonly Option<string[]> _campaigns = new("--campaign")
    {
        HelpName = "NAME",
        Description = "A campaign to share; may be given again. Without it all of the file.",
    };

    private readonly Option<string?> _observables = new("--observables")
    {
        HelpName = "FILE",
        Description = "What campaigns were seen to use and may be shared: one JSON object a line with campaign, type, value, accounts.",
    };

    private readonly Option<int> _minimum = new("--min-accounts")
    {
        HelpName = "N",
        Description = "Leave out what fewer accounts of the campaign were seen to use: it may be somebody's home.",
        DefaultValueFactory = static _ => CampaignExportOptions.DefaultMinimumAccounts,
    };

    /// <summary>Adds the arguments and options to a verb.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_findings);
        verb.Add(_campaigns);
        verb.Add(_observables);
        verb.Add(_minimum);
    }

    public int MinimumAccounts(ParseResult parsed) => parsed.GetRequiredValue(_minimum) is var minimum and > 0
        ? minimum
        : throw new UnusableException("--min-accounts takes a number from 1 on.");

    /// <summary>The campaigns, what they were seen to use, and when the log ended.</summary>
    public async Task<(IReadOnlyList<CampaignFinding> Campaigns, IReadOnlyList<CampaignObservable> Observables, DateTimeOffset Time)>
        ReadAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var path = parsed.GetRequiredValue(_findings);
        var (findings, time) = await SharingOptions.FindingsAsync(path, cancellation);
        var campaigns = SharingOptions.Campaigns(findings, parsed.GetValue(_campaigns) ?? [], path);
        return (campaigns, SharingOptions.Observables(parsed.GetValue(_observables)), time);
    }
}
