using System.CommandLine;
using Stillwatch.Evidence.Sharing.Misp;
using Stillwatch.Evidence.Sharing.Stix.Export;

namespace Stillwatch.Cli.Verbs.Sharing;

/// <summary>Writes campaigns as a MISP feed.</summary>
internal static class MispVerb
{
    private static readonly SharingOptions Sharing = new();
    private static readonly CampaignChoice Choice = new();

    private static readonly Option<string> Folder = new("--out")
    {
        HelpName = "FOLDER",
        Description = "Where the feed goes: a file an event, and manifest.json.",
        Required = true,
    };

    public static VerbCommand Create()
    {
        var verb = new VerbCommand("misp", "Write campaigns of a findings file as a MISP feed: what they came through, never accounts.")
        {
            Options = { Folder },
            Examples =
            [
                ("A feed to serve from any web server",
                    "stillwatch share misp findings.json --observables seen.jsonl --to group --log evidence --key evidence.key --out feed"),
            ],
            Work = RunAsync,
        };
        Choice.AddTo(verb);
        Sharing.AddTo(verb);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Output.Terminal terminal, CancellationToken cancellation)
    {
        var (campaigns, observables, time) = await Choice.ReadAsync(parsed, cancellation);
        var options = new CampaignExportOptions
        {
            Marking = Sharing.Marking(parsed),
            Producer = Sharing.Producer(parsed),
            MinimumAccounts = Choice.MinimumAccounts(parsed),
        };
        var feed = new MispFeed(Sharing.Key(parsed), options, time);
        var files = feed.Files(campaigns, observables);
        var disclosure = feed.Disclosure(files, Sharing.Recipient(parsed), Sharing.Purpose(parsed), TimeProvider.System.GetUtcNow());
        await Sharing.GiveAsync(parsed, disclosure, token => WriteAsync(parsed.GetRequiredValue(Folder), files, token), cancellation);
        terminal.Note($"{files.Count - 1} events for {disclosure.Recipient}, {disclosure.Marking}");
        return ExitStatus.Done;
    }

    /// <summary>The manifest goes last: it never names an event that is not there.</summary>
    private static async Task WriteAsync(string folder, IReadOnlyList<(string Name, byte[] Content)> files, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, content) in files)
        {
            await SharingOptions.WriteAsync(Path.Combine(folder, name), content, cancellation);
        }
    }
}
