using System.CommandLine;
using System.Globalization;
using System.Text;
using Stillwatch.Campaigns;
using Stillwatch.Cli.Output;
using Stillwatch.Gateway.Responses;

namespace Stillwatch.Cli.Verbs.Gateway;

/// <summary>Sets responses by what a hunt found.</summary>
internal static class RespondApplyVerb
{
    private const string Where = "--log evidence --key evidence.key --operator kim";

    private static readonly Option<string?> Config = RespondArguments.Config();
    private static readonly Option<string?> Log = RespondArguments.Log();
    private static readonly Option<string?> Key = RespondArguments.Key();
    private static readonly Option<string?> Operator = DecisionArguments.Operator();

    private static readonly Option<string> Findings = new("--findings")
    {
        HelpName = "FILE",
        Description = "What 'hunt' wrote with --format json; - is standard input.",
        Required = true,
    };

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Only show what would be set, renewed, lifted and left alone, and why.",
    };

    private static readonly Option<bool> LiftCleared = new("--lift-cleared")
    {
        Description = "Lift what earlier findings set for accounts that these name no more; without it that ends by itself.",
    };

    public static VerbCommand Create() => new("apply", "Set responses by findings and the policy; the same findings again change nothing.")
    {
        Options = { Findings, Config, DryRun, LiftCleared, Log, Key, Operator },
        Examples =
        [
            ("What would follow?", $"stillwatch respond apply --findings findings.json --dry-run {Where}"),
            ("Do it, by the policy of the configuration", "stillwatch respond apply --findings findings.json --config stillwatch.yaml"),
            ("Also end what is found no more", $"stillwatch respond apply --findings findings.json --lift-cleared {Where}"),
        ],
        Work = RunAsync,
    };

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellation)
    {
        var path = parsed.GetRequiredValue(Findings);
        var isDry = parsed.GetValue(DryRun);
        var actor = DecisionArguments.ReadOperator(parsed.GetValue(Operator));
        await using var file = InputStream.Open(path);
        var findings = await FindingsJson.ReadAsync(file, path, cancellation);
        var options = RespondArguments.Read(parsed.GetValue(Config), terminal);
        var (desk, key) = RespondArguments.Open(options, parsed.GetValue(Log), parsed.GetValue(Key));
        using (key)
        {
            var lift = parsed.GetValue(LiftCleared);
            var plan = isDry
                ? await desk.PlanAsync(findings, actor, lift, cancellation)
                : await desk.ApplyAsync(findings, actor, lift, cancellation);
            await CaseOptions.SayAsync(Describe(plan, isDry), cancellation);
        }

        return ExitStatus.Done;
    }

    /// <summary>A line an account, aligned, and the counts.</summary>
    internal static string Describe(IReadOnlyList<PlannedResponse> plan, bool isDry)
    {
        var lines = new StringBuilder();
        var width = plan.Count == 0 ? 0 : Math.Min(40, plan.Max(static one => one.Account.Length));
        foreach (var one in plan)
        {
            var account = Printable.Clean(one.Account).PadRight(width);
            lines.Append(CultureInfo.InvariantCulture, $"{NameOf(one.Action),-5}  {account}  {StateOf(one.Rule),-38}  ")
                .Append(Printable.Clean(one.Why)).Append('\n');
        }

        var counts = Enum.GetValues<PlannedAction>().Select(action => (Action: action, Count: plan.Count(one => one.Action == action)));
        var sums = string.Join(", ", counts.Select(static item =>
            string.Create(CultureInfo.InvariantCulture, $"{item.Count} {PastOf(item.Action)}")));
        return $"{lines}{(isDry ? "dry run: " : "")}{sums}\n";
    }

    private static string StateOf(ResponseRule? rule) => rule is null
        ? "nothing"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{(rule.IsShadow ? "would " : "")}{rule.StepName} until {rule.Until:yyyy-MM-dd'T'HH:mm:ss'Z'}");

    private static string NameOf(PlannedAction action) => action.ToString().ToLowerInvariant();

    private static string PastOf(PlannedAction action) => action switch
    {
        PlannedAction.Set => "set",
        PlannedAction.Renew => "renewed",
        PlannedAction.Lift => "lifted",
        _ => "left alone",
    };
}
