using System.CommandLine;

namespace Stillwatch.Cli.Verbs.Sharing;

/// <summary>Everything that gives intelligence to others or takes it from them.</summary>
internal static class ShareVerb
{
    public static Command Create() => new("share", "Give what was found to others, and take what they found; the log records it.")
    {
        Subcommands =
        {
            ExportVerb.Create(), ImportVerb.Create(), FeedbackVerbs.Sighting(), FeedbackVerbs.Revoke(), MispVerb.Create(),
            ServeVerbs.Taxii(), TaxiiVerbs.Pull(), TaxiiVerbs.Push(), ApiKeyVerb.Create(), ServeVerbs.KeyService(),
            MatchVerbs.Tokens(), MatchVerbs.Match(), DisclosuresVerb.Create(),
        },
    };
}
