using System.CommandLine;
using Stillwatch.Campaigns;
using Stillwatch.Cli.Output;
using Stillwatch.Reporting;

namespace Stillwatch.Cli.Verbs;

/// <summary>Explains one campaign or account of a findings file.</summary>
internal static class ExplainVerb
{
    private static readonly Argument<string> Findings = new("findings")
    {
        HelpName = "FINDINGS",
        Description = "What 'hunt' or 'replay' wrote with --format json; - is standard input.",
    };

    private static readonly Argument<string> Subject = new("subject")
    {
        HelpName = "ACCOUNT|CAMPAIGN",
        Description = "The name of an account or a campaign in it.",
    };

    private static readonly Option<string?> As = new Option<string?>("--as")
    {
        HelpName = "account|campaign",
        Description = "Which of the two is meant, where an account and a campaign have the same name.",
    }.AcceptOnlyFromAmong("account", "campaign");

    private static readonly Option<string> Format = CommonOptions.Format("table", "json", "markdown");
    private static readonly Option<string?> Out = CommonOptions.Out();

    public static VerbCommand Create() => new(
        "explain",
        "Say why a campaign or an account has its verdict: figures, tests, what would stand without each reason, and how to answer it.")
    {
        Arguments = { Findings, Subject },
        Options = { As, Format, Out },
        Examples =
        [
            ("Why is this account to be restricted?", "stillwatch explain findings.json acct-0017"),
            ("A campaign, for a ticket", "stillwatch explain findings.json campaign-5f0a6c3e9b12 --format markdown --out campaign.md"),
            ("The figures for a script", "stillwatch explain findings.json acct-0017 --format json"),
        ],
        Work = RunAsync,
    };

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var (path, name) = (parsed.GetRequiredValue(Findings), parsed.GetRequiredValue(Subject));
        ResultTarget.Check(parsed.GetValue(Out));
        await using var file = InputStream.Open(path);
        var findings = await FindingsJson.ReadAsync(file, path, cancellation);
        var explanation = Explain(findings, name, parsed.GetValue(As), path);
        await WriteAsync(explanation, parsed.GetRequiredValue(Format), parsed.GetValue(Out), cancellation);
        return ExitStatus.Done;
    }

    private static Explanation Explain(Findings findings, string name, string? kind, string path)
    {
        var explainer = new Explainer(findings);
        var campaign = kind == "account" ? null : explainer.Campaign(name);
        var account = kind == "campaign" ? null : explainer.Account(name);
        if (campaign is not null && account is not null)
        {
            throw new UnusableException(
                $"'{name}' names an account and a campaign in {path}; say which with --as account or --as campaign.");
        }

        return campaign ?? account ?? throw Unknown(findings, name, kind, path);
    }

    private static UnusableException Unknown(Findings findings, string name, string? kind, string path)
    {
        var what = kind switch
        {
            "campaign" => $"no campaign '{name}'",
            "account" => $"no account '{name}' with a verdict",
            _ => $"no campaign '{name}' and no account of this name with a verdict",
        };
        var campaigns = kind == "account" ? [] : findings.Campaigns.Select(static campaign => campaign.Id.Value);
        var accounts = kind == "campaign" ? [] : findings.Accounts.Select(static account => account.Account.Value);
        var near = NearNames.Of(name, campaigns.Concat(accounts));
        var meant = string.Join(" or ", near.Select(static one => $"'{one}'"));
        return new UnusableException($"{path} has {what}{(near.Count > 0 ? $"; did you mean {meant}?" : ".")}");
    }

    private static Task WriteAsync(Explanation explanation, string format, string? path, CancellationToken cancellation) => format switch
    {
        "json" => ResultTarget.WriteAsync(path, (stream, token) => ExplanationJson.WriteAsync(stream, explanation, token), cancellation),
        "markdown" => Terminal.WriteReportAsync(
            path, console => ExplanationMarkdown.Write(explanation, console.Profile.Out.Writer), cancellation),
        _ => Terminal.WriteReportAsync(
            path, console => ExplanationTable.Write(explanation, console.Profile.Out.Writer, HuntVerb.TableFor(console)), cancellation),
    };
}
