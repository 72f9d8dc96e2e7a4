using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Stillwatch.Campaigns;
using Stillwatch.Cli.Output;
using Stillwatch.Evidence.Cases;

namespace Stillwatch.Cli.Verbs;

/// <summary>Opens, lists and shows cases, and says who may decide.</summary>
internal static class CaseVerb
{
    private const string Where = "--log evidence --key evidence.key --cases cases";

    private static readonly CaseArguments Step = CaseArguments.Create();
    private static readonly Option<string> VerifierKey = TransparencyOptions.VerifierKey();
    private static readonly Argument<int> Number = CaseOptions.Number();

    private static readonly Argument<string> FindingsPath = new("findings")
    {
        Description = "What 'hunt' or 'replay' wrote with --format json.",
    };

    private static readonly Argument<string> Campaign = new("campaign") { Description = "The name of a campaign in it." };

    private static readonly Argument<string> PolicyPath = new("policy")
    {
        Description = "A policy file (docs/evidence.md): for each verdict alone, person or twoPeople.",
    };

    private static readonly Option<double> Rate = new("--false-discovery-rate")
    {
        HelpName = "RATE",
        Description = "What the hunt was told, for the record.",
        DefaultValueFactory = static _ => new SuspicionOptions().FalseDiscoveryRate,
    };

    public static Command Create() => new("case", "Review campaigns: every step is an entry of the transparency log.")
    {
        Subcommands =
        {
            Open(), CaseStepVerbs.Note(), CaseStepVerbs.Decide(), CaseStepVerbs.Confirm(), CaseStepVerbs.Reopen(),
            CaseStepVerbs.Appeal(), Show(), List(), Policy(), DossierVerbs.Export(),
            CasePrivacyVerbs.Delete(), CasePrivacyVerbs.Erase(), CasePrivacyVerbs.Retain(), CasePrivacyVerbs.Subject(),
        },
    };

    public static string NameOf(CaseStatus status) => status switch
    {
        CaseStatus.Proposed => "waiting for a second person",
        CaseStatus.Deleted => "closed, its content deleted",
        _ => status.ToString().ToLowerInvariant(),
    };

    private static VerbCommand Open() => Step.AddTo(new("open", "Open a case over one campaign of a findings file.")
    {
        Arguments = { FindingsPath, Campaign },
        Options = { Rate },
        Examples = [("A case over a campaign", $"stillwatch case open findings.json campaign-5f0a6c3e9b12 {Where} --operator kim")],
        Work = static async (parsed, _, cancellation) =>
        {
            var path = parsed.GetRequiredValue(FindingsPath);
            var bytes = await File.ReadAllBytesAsync(path, cancellation);
            var findings = await FindingsJson.ReadAsync(new MemoryStream(bytes), path, cancellation);
            var rate = parsed.GetValue(Rate) is > 0 and < 1 and var given
                ? given
                : throw new UnusableException("--false-discovery-rate lies between 0 and 1.");
            var parameters = new CaseParameters(
                Convert.ToHexStringLower(SHA256.HashData(bytes)), VersionVerb.Software, rate, findings.Campaigns.Count);
            var actor = CaseOptions.ReadOperator(parsed.GetValue(Step.Operator));
            return await CaseOptions.StepAsync(
                Step,
                parsed,
                desk => desk.OpenCaseAsync(findings, parsed.GetRequiredValue(Campaign), parameters, actor, cancellation),
                cancellation);
        },
    });

    private static VerbCommand List() => new("list", "List the cases and where each stands.")
    {
        Options = { Step.Log, VerifierKey },
        Examples = [("What is to be done?", "stillwatch case list --log evidence --vkey evidence.key.pub")],
        Work = static async (parsed, _, cancellation) =>
        {
            var text = new StringBuilder();
            foreach (var state in Read(parsed, cancellation).Cases.Values)
            {
                text.Append(Summary(state));
            }

            await CaseOptions.SayAsync(text.Length == 0 ? "no case\n" : text.ToString(), cancellation);
            return ExitStatus.Done;
        },
    };

    private static VerbCommand Show() => new("show", "Show the steps of a case and what they say.")
    {
        Arguments = { Number },
        Options = { Step.Log, VerifierKey, Step.Vault },
        Examples = [("One case", "stillwatch case show 1 --log evidence --vkey evidence.key.pub --cases cases")],
        Work = static async (parsed, _, cancellation) =>
        {
            var state = Read(parsed, cancellation).Find(parsed.GetRequiredValue(Number));
            var vault = new CaseVault(parsed.GetRequiredValue(Step.Vault));
            var reading = new CaseReading(vault, Pseudonyms.OpenOrCreate(vault.PseudonymKeyPath));
            var text = new StringBuilder(Summary(state));
            foreach (var entry in state.Entries)
            {
                text.Append(Describe(entry, vault.HasKey(state.Number) ? reading.Content(state, entry) : null));
            }

            await CaseOptions.SayAsync(text.ToString(), cancellation);
            return ExitStatus.Done;
        },
    };

    private static VerbCommand Policy() => Step.AddTo(new("policy", "Put a policy in force: what may act alone, and what needs a person.")
    {
        Arguments = { PolicyPath },
        Examples = [("Nothing acts alone", $"stillwatch case policy policy.json {Where} --operator kim")],
        Work = static async (parsed, _, cancellation) =>
        {
            var policy = CasePolicy.Parse(TransparencyOptions.ReadBounded(parsed.GetRequiredValue(PolicyPath), CasePolicy.MaxBytes));
            var actor = CaseOptions.ReadOperator(parsed.GetValue(Step.Operator));
            return await CaseOptions.StepAsync(Step, parsed, desk => desk.SetPolicyAsync(policy, actor, cancellation), cancellation);
        },
    });

    private static CaseBook Read(ParseResult parsed, CancellationToken cancellation) => CaseBook.Read(
        parsed.GetRequiredValue(Step.Log), TransparencyOptions.ReadVerifierKey(parsed.GetRequiredValue(VerifierKey)), cancellation);

    private static string Summary(CaseState state)
    {
        var verdict = state.Verdict is { } decided ? $": {CasePolicy.NameOf(decided)}" : string.Empty;
        return Printable.Clean(CaseOptions.Text(
            $"case {state.Number}: {state.Campaign}, {NameOf(state.Status)}{verdict}, {state.Entries.Count} entries")) + "\n";
    }

    private static string Describe(CaseEntry entry, CaseContent? content)
    {
        var by = content?.Member("by") ?? entry.Entry.Actor;
        var verdict = entry.Verdict is { } decided ? $" {CasePolicy.NameOf(decided)}" : string.Empty;
        var step = $"{CaseEntry.NameOf(entry.Step)}{verdict}";
        var said = content?.Member("text") is { } text ? $": {text}" : string.Empty;
        var at = CaseOptions.Text($"entry {entry.Index}  {entry.Entry.At:yyyy-MM-dd HH:mm:ss}Z");
        return Printable.Clean($"  {at}  {by}  {step}{said}") + "\n";
    }
}
