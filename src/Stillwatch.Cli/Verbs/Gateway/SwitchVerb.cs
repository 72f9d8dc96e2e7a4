using System.CommandLine;
using System.Globalization;
using System.Text;
using Stillwatch.Cli.Output;
using Stillwatch.Evidence.Signing;
using Stillwatch.Evidence.TransparencyLog;
using Stillwatch.Gateway.Decisions;
using Stillwatch.Gateway.Policies.Switches;

namespace Stillwatch.Cli.Verbs.Gateway;

/// <summary>Takes the steps of kill switches; gateways that follow the log obey within milliseconds.</summary>
internal static class SwitchVerb
{
    private const string Where = "--log evidence --key evidence.key --operator kim";

    private static readonly Option<string> Log = TransparencyOptions.Log();
    private static readonly Option<string> Key = TransparencyOptions.Key();
    private static readonly Option<string> VerifierKey = TransparencyOptions.VerifierKey();
    private static readonly Option<string?> Operator = DecisionArguments.Operator();
    private static readonly Option<string> Reason = CaseOptions.Reason();
    private static readonly Option<string?> Gateway = GatewayAdministration.Option();

    private static readonly Argument<string> Scope = new("switch")
    {
        HelpName = "all|model/NAME|region/NAME|organisation/NAME",
        Description = "What it stops.",
    };

    private static readonly Option<DateTimeOffset?> Until = DecisionArguments.Until("When the switch goes off by itself.");

    public static Command Create() => new("switch", "Stop a model, a region, an organisation or everything; two people are needed.")
    {
        Subcommands =
        {
            Step("propose", "Propose a switch: a gateway counts what it would stop.", Until, static (_, parsed) =>
                (SwitchStep.Proposed, parsed.GetValue(Until))),
            Step("confirm", "As a second person, turn on what is proposed, or off what is to be lifted.", Gateway, static (state, _) =>
                (state.Phase is SwitchPhase.LiftProposed ? SwitchStep.Lifted : SwitchStep.Confirmed, null)),
            Step("lift", "Propose that a switch goes off; it stays on until a second person confirms.", null, static (_, _) =>
                (SwitchStep.LiftProposed, null)),
            Step("withdraw", "Take back what waits for a second person.", null, static (_, _) => (SwitchStep.Withdrawn, null)),
            List(),
        },
    };

    private static VerbCommand Step(
        string name, string what, Option? further, Func<SwitchSnapshot, ParseResult, (SwitchStep Step, DateTimeOffset? Until)> choose)
    {
        var verb = new VerbCommand(name, what)
        {
            Arguments = { Scope },
            Options = { Log, Key, Operator, Reason },
            Examples = [(what.Split(':')[0].TrimEnd('.'), $"stillwatch switch {name} model/gpt-oss-20b {Where} --reason leak")],
            Work = (parsed, terminal, cancellation) => TakeAsync(parsed, terminal, choose, cancellation),
        };
        if (further is not null)
        {
            verb.Add(further);
        }

        return verb;
    }

    private static VerbCommand List() => new("list", "Show the switches that are not off.")
    {
        Options = { Log, VerifierKey, Gateway },
        Examples =
        [
            ("What is stopped?", "stillwatch switch list --log evidence --vkey evidence.key.pub"),
            ("And what would be?", "stillwatch switch list --log evidence --vkey evidence.key.pub --gateway http://127.0.0.1:8081"),
        ],
        Work = static async (parsed, _, cancellation) =>
        {
            var key = TransparencyOptions.ReadVerifierKey(parsed.GetRequiredValue(VerifierKey));
            var past = DecisionEntries.Of(LogReader.Open(parsed.GetRequiredValue(Log), key));
            var state = new SwitchState();
            foreach (var entry in past)
            {
                state.Apply(entry);
            }

            var lines = new StringBuilder();
            foreach (var active in state.ActiveAt(TimeProvider.System.GetUtcNow()))
            {
                var count = await WouldStopAsync(parsed.GetValue(Gateway), active.Scope, cancellation);
                lines.Append(Printable.Clean(Describe(active, count))).Append('\n');
            }

            await CaseOptions.SayAsync(lines.Length == 0 ? "no switch is on or proposed\n" : lines.ToString(), cancellation);
            return ExitStatus.Done;
        },
    };

    private static async Task<int> TakeAsync(
        ParseResult parsed,
        Terminal terminal,
        Func<SwitchSnapshot, ParseResult, (SwitchStep Step, DateTimeOffset? Until)> choose,
        CancellationToken cancellation)
    {
        var scope = SwitchScope.Parse($"switch/{parsed.GetRequiredValue(Scope)}")
            ?? throw new UnusableException("a switch is all, model/NAME, region/NAME or organisation/NAME.");
        var actor = DecisionArguments.ReadOperator(parsed.GetValue(Operator));
        using var key = SigningKeyFile.Read(parsed.GetRequiredValue(Key));
        var directory = parsed.GetRequiredValue(Log);
        await using var log = await LogWriter.OpenWaitingAsync(directory, key, cancellation: cancellation);
        var past = DecisionEntries.Of(LogReader.Open(directory, key.VerifierKey));
        var desk = new SwitchDesk(new TransparencySwitchLog(log), past, TimeProvider.System);
        var (step, until) = choose(desk.Find(scope), parsed);
        var wouldStop = step is SwitchStep.Confirmed
            ? await WouldStopAsync(parsed.GetValue(Gateway), scope, cancellation)
            : null;
        if (await desk.TakeAsync(scope, step, actor, parsed.GetRequiredValue(Reason), until, wouldStop, cancellation) is { } fault)
        {
            throw new UnusableException(fault);
        }

        await log.PublishAsync();
        terminal.Note(Printable.Clean(Describe(desk.Find(scope), wouldStop)));
        return ExitStatus.Done;
    }

    private static async Task<long?> WouldStopAsync(string? gateway, SwitchScope scope, CancellationToken cancellation)
    {
        if (gateway is null)
        {
            return null;
        }

        var page = await GatewayAdministration.ReadAsync(gateway, "/switches", cancellation);
        var name = scope.Subject["switch/".Length..];
        return page["switches"]?.AsArray().FirstOrDefault(state => (string?)state?["switch"] == name)?["wouldStop"]?.GetValue<long>();
    }

    private static string Describe(SwitchSnapshot state, long? wouldStop)
    {
        var what = state.Phase switch
        {
            SwitchPhase.DryRun => $"proposed by {state.Proposer}; stops nothing until a second person confirms",
            SwitchPhase.On => "on",
            SwitchPhase.LiftProposed => $"on; {state.Proposer} proposes to lift it",
            _ => "off",
        };
        var until = state.Until is { } end ? string.Create(CultureInfo.InvariantCulture, $", until {end:yyyy-MM-dd'T'HH:mm:ss'Z'}") : "";
        var count = wouldStop is { } stops ? string.Create(CultureInfo.InvariantCulture, $"; would have stopped {stops}") : "";
        return $"{state.Scope.Subject}: {what}{until}{count}";
    }
}
