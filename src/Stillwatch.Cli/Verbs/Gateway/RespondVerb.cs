using System.CommandLine;
using System.Globalization;
using System.Text;
using Stillwatch.Cli.Output;
using Stillwatch.Evidence.Decisions;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Gateway.Decisions;
using Stillwatch.Gateway.Responses;

namespace Stillwatch.Cli.Verbs.Gateway;

/// <summary>Sets and lifts graduated responses; gateways that follow the log obey within milliseconds.</summary>
internal static class RespondVerb
{
    private const string Where = "--log evidence --key evidence.key --operator kim";

    private static readonly Option<string> Log = TransparencyOptions.Log();
    private static readonly Option<string> Key = TransparencyOptions.Key();
    private static readonly Option<string> VerifierKey = TransparencyOptions.VerifierKey();
    private static readonly Option<string?> Operator = DecisionArguments.Operator();
    private static readonly Option<string> Reason = CaseOptions.Reason();

    private static readonly Argument<string> Scope = new("whose")
    {
        HelpName = "key/ID|account/NAME|organisation/NAME|model/NAME|region/NAME",
        Description = "Whose requests.",
    };

    private static readonly Argument<string> Step = new Argument<string>("step")
    {
        HelpName = "observe|slow|reduce|perturb|canary|challenge|block",
        Description = "What is done (docs/responses.md).",
    }.AcceptOnlyFromAmong("observe", "slow", "reduce", "perturb", "canary", "challenge", "block");

    private static readonly Option<DateTimeOffset?> Until =
        DecisionArguments.Until("When it ends by itself, at most 90 days from now; in 7 days without it.");

    private static readonly Option<bool> Enforce = new("--enforce")
    {
        Description = "Do it; without this it is only noted what would be done.",
    };

    public static Command Create() => new("respond", "Give a suspected harvest less, by degrees: in shadow first, for a time, by the log.")
    {
        Subcommands = { RespondApplyVerb.Create(), Set(), Lift(), List(), RespondReportVerb.Create() },
    };

    private static VerbCommand Set() => new("set", "Set what is done about somebody's requests; in shadow unless --enforce is given.")
    {
        Arguments = { Scope, Step },
        Options = { Enforce, Until, Log, Key, Operator, Reason },
        Examples =
        [
            ("What would it do?", $"stillwatch respond set account/acct-0017 reduce {Where} --reason campaign-5f0a"),
            ("Do it", $"stillwatch respond set account/acct-0017 reduce --enforce {Where} --reason campaign-5f0a"),
        ],
        Work = static (parsed, terminal, cancellation) => AppendAsync(parsed, terminal, (scope, actor, now) =>
        {
            var until = parsed.GetValue(Until) ?? now.AddDays(7);
            if (until <= now || until - now > ResponseRule.MaxDuration)
            {
                throw new UnusableException("--until lies in the future, at most 90 days from now.");
            }

            var step = Enum.Parse<ResponseStep>(parsed.GetRequiredValue(Step), ignoreCase: true);
            var rule = new ResponseRule(scope, step, !parsed.GetValue(Enforce), until, actor);
            return (rule.ToEntry(now, parsed.GetRequiredValue(Reason)), Describe(rule));
        }, cancellation),
    };

    private static VerbCommand Lift() => new("lift", "Lift what is set.")
    {
        Arguments = { Scope },
        Options = { Log, Key, Operator, Reason },
        Examples = [("It was a mistake", $"stillwatch respond lift account/acct-0017 {Where} --reason mistake")],
        Work = static (parsed, terminal, cancellation) => AppendAsync(parsed, terminal, (scope, actor, now) =>
            (ResponseRule.Lift(scope, actor, now, parsed.GetRequiredValue(Reason)), $"{scope.Subject}: lifted"), cancellation),
    };

    private static VerbCommand List() => new("list", "Show the responses that have not ended.")
    {
        Options = { Log, VerifierKey },
        Examples = [("What is set?", "stillwatch respond list --log evidence --vkey evidence.key.pub")],
        Work = static async (parsed, _, cancellation) =>
        {
            var key = TransparencyOptions.ReadVerifierKey(parsed.GetRequiredValue(VerifierKey));
            var responses = new GraduatedResponses(TimeProvider.System);
            foreach (var entry in DecisionEntries.Of(LogReader.Open(parsed.GetRequiredValue(Log), key)))
            {
                responses.Apply(entry);
            }

            var lines = new StringBuilder();
            foreach (var rule in responses.Active)
            {
                lines.Append(Printable.Clean(Describe(rule))).Append('\n');
            }

            await CaseOptions.SayAsync(lines.Length == 0 ? "no response is set\n" : lines.ToString(), cancellation);
            return ExitStatus.Done;
        },
    };

    private static async Task<int> AppendAsync(
        ParseResult parsed,
        Terminal terminal,
        Func<ResponseScope, string, DateTimeOffset, (DecisionEntry Entry, string Said)> decide,
        CancellationToken cancellation)
    {
        var scope = ResponseScope.Parse($"{ResponseScope.Prefix}{parsed.GetRequiredValue(Scope)}")
            ?? throw new UnusableException("say whose: key/ID, account/NAME, organisation/NAME, model/NAME or region/NAME.");
        var actor = DecisionArguments.ReadOperator(parsed.GetValue(Operator));
        var (entry, said) = decide(scope, actor, TimeProvider.System.GetUtcNow());
        using var key = SigningKeyFile.Read(parsed.GetRequiredValue(Key));
        await using var log = await LogWriter.OpenWaitingAsync(parsed.GetRequiredValue(Log), key, cancellation: cancellation);
        await log.AppendAsync(entry.Bytes, cancellation);
        await log.PublishAsync();
        terminal.Note(Printable.Clean(said));
        return ExitStatus.Done;
    }

    private static string Describe(ResponseRule rule) => string.Create(
        CultureInfo.InvariantCulture,
        $"{rule.Name}: {(rule.IsShadow ? "would " : "")}{rule.StepName} until {rule.Until:yyyy-MM-dd'T'HH:mm:ss'Z'}, by {rule.Actor}");
}
