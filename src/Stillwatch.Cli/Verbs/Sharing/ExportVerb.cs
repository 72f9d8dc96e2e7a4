using System.CommandLine;
using Stillwatch.Cli.Output;
using Stillwatch.Evidence.Disclosures;
using Stillwatch.Evidence.Sharing.Stix.Export;
using Stillwatch.Evidence.Sharing.Stix.Objects;

namespace Stillwatch.Cli.Verbs.Sharing;

/// <summary>Writes campaigns as a STIX bundle.</summary>
internal static class ExportVerb
{
    private static readonly SharingOptions Sharing = new();
    private static readonly CampaignChoice Choice = new();
    private static readonly Option<string?> Out = CommonOptions.Out();

    private static readonly Option<string[]> Reveal = new Option<string[]>("--reveal")
    {
        HelpName = "accounts|figures|models",
        Description = "What is told beyond pseudonyms, days and kinds of evidence; may be given again. Without it nothing more.",
    }.AcceptOnlyFromAmong("accounts", "figures", "models");

    private static readonly Option<int> Days = new("--valid-days")
    {
        HelpName = "DAYS",
        Description = "How long indicators are good.",
        DefaultValueFactory = static _ => (int)CampaignExportOptions.DefaultValidity.TotalDays,
    };

    public static VerbCommand Create()
    {
        var verb = new VerbCommand("export", "Write campaigns as a STIX 2.1 bundle, pseudonymous unless more is asked for.")
        {
            Options = { Reveal, Days, Out },
            Examples =
            [
                ("What a campaign did, to a partner, without customers",
                    "stillwatch share export findings.json --to lab-b --log evidence --key evidence.key --out bundle.json"),
                ("With the ranges and networks that several of its accounts used",
                    "stillwatch share export findings.json --observables seen.jsonl --to lab-b --log evidence --key evidence.key "
                        + "--out bundle.json"),
            ],
            Work = RunAsync,
        };
        Choice.AddTo(verb);
        Sharing.AddTo(verb);
        return verb;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var target = parsed.GetValue(Out);
        ResultTarget.Check(target);
        var (campaigns, observables, time) = await Choice.ReadAsync(parsed, cancellation);
        var options = Options(parsed);
        var export = new CampaignExport(Sharing.Key(parsed), options, time);
        var bundle = export.Bundle(campaigns, observables);
        var disclosure = new Disclosure
        {
            Kind = DisclosureKind.StixBundle,
            Recipient = Sharing.Recipient(parsed),
            Marking = MarkingDefinition.Of(options.Marking).Name,
            Purpose = Sharing.Purpose(parsed),
            GivenAt = TimeProvider.System.GetUtcNow(),
            MinimumAccounts = options.MinimumAccounts,
            Reveals = export.Reveals(observables.Count > 0),
            Items = bundle.Items(),
        };
        await Sharing.GiveAsync(parsed, disclosure, token => SharingOptions.WriteAsync(target, bundle.ToJson(), token), cancellation);
        var reveals = string.Join(", ", disclosure.Reveals);
        terminal.Note($"{bundle.Objects.Count} objects for {disclosure.Recipient}, {disclosure.Marking}: {reveals}");
        return ExitStatus.Done;
    }

    private static CampaignExportOptions Options(ParseResult parsed)
    {
        var days = parsed.GetRequiredValue(Days);
        return days is < 1 or > 3650
            ? throw new UnusableException($"--valid-days takes from 1 to 3650, not {days}.")
            : new CampaignExportOptions
            {
                Marking = Sharing.Marking(parsed),
                Producer = Sharing.Producer(parsed),
                MinimumAccounts = Choice.MinimumAccounts(parsed),
                Validity = TimeSpan.FromDays(days),
                Reveals = (parsed.GetValue(Reveal) ?? []).Aggregate(
                    Revelations.None, static (all, name) => all | Enum.Parse<Revelations>(name, ignoreCase: true)),
            };
    }
}
