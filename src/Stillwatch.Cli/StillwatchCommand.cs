using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Stillwatch.Cli.Output;
using Stillwatch.Cli.Verbs;
using Stillwatch.Cli.Verbs.Gateway;
using Stillwatch.Cli.Verbs.Lineage;
using Stillwatch.Cli.Verbs.Marks;
using Stillwatch.Cli.Verbs.Selftest;
using Stillwatch.Cli.Verbs.Sharing;

namespace Stillwatch.Cli;

/// <summary>The command line as a whole: its verbs, and what is the same for all of them.</summary>
internal static partial class StillwatchCommand
{
    private const string Name = "stillwatch";

    private static readonly ParserConfiguration Parser = new() { ResponseFileTokenReplacer = null };

    private static readonly Option<bool> Debug = new("--debug")
    {
        Description = "Show where in the program a failure arose (as STILLWATCH_DEBUG=1 does).",
        Recursive = true,
    };

    /// <summary>Parses, runs one verb and gives the exit status.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        StandardInput.Detach();
        var terminal = Terminal.OfProcess();
        var root = CreateRoot();
        var parsed = root.Parse(arguments, Parser);
        if (parsed.Errors.Count > 0)
        {
            return Refuse(parsed, terminal);
        }

        return parsed.CommandResult.Command is VerbCommand verb && parsed.Action is not HelpWithExamples
            ? await RunVerbAsync(verb, parsed, terminal)
            : await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    /// <summary>Every verb, also those that stand below another word.</summary>
    internal static IEnumerable<VerbCommand> Verbs(Command command) =>
        command.Subcommands.SelectMany(sub => sub is VerbCommand verb ? [verb] : Verbs(sub));

    internal static RootCommand CreateRoot()
    {
        var root = new RootCommand(
            "Finds, in the logs of a language-model API, the accounts that act as one operator to harvest the model.")
        {
            HelpName = Name,
            Subcommands =
            {
                DemoVerb.Create(), HuntVerb.Create(), ReplayVerb.Create(), IngestVerb.Create(), StoreVerb.Create(),
                ExplainVerb.Create(), ReasonsVerb.Create(), SimulateVerb.Create(), EvaluateVerb.Create(),
                LogVerb.Create(), CaseVerb.Create(), DossierVerbs.Evidence(), ShareVerb.Create(), ServeVerb.Create(), KeyVerb.Create(),
                QuotaVerb.Create(), PolicyVerb.Create(), OrganisationVerb.Create(), SwitchVerb.Create(), RespondVerb.Create(),
                WatchVerb.Create(), CanaryVerb.Create(), MarkVerb.Create(), LineageVerb.Create(), SelftestVerb.Create(),
                VersionVerb.Create(),
            },
        };
        root.Options.Clear();
        root.Add(new HelpOption("--help", "-h") { Description = "Show this help.", Action = new HelpWithExamples() });
        root.Add(Debug);
        return root;
    }

    private static int Refuse(ParseResult parsed, Terminal terminal)
    {
        var command = parsed.CommandResult.Command;
        if (command is RootCommand)
        {
            var verbs = string.Join(", ", command.Subcommands.Select(verb => verb.Name));
            terminal.Fault(parsed.UnmatchedTokens is [var unknown, ..]
                ? $"'{unknown}' is no verb; the verbs are {verbs}. See '{Name} --help'."
                : $"a verb is needed: {verbs}. See '{Name} --help'.");
            return ExitStatus.Unusable;
        }

        foreach (var error in parsed.Errors)
        {
            terminal.Fault(Reword(error.Message));
        }

        terminal.Fault($"See '{PathOf(parsed.CommandResult)} --help'.");
        return ExitStatus.Unusable;
    }

    /// <summary>The words that lead to a command: "stillwatch store prune".</summary>
    private static string PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : Name;

    /// <summary>One line, without the names of CLR types.</summary>
    private static string Reword(string error)
    {
        var line = string.Join(' ', error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return UnparsedValue().Replace(line, "$1 is no value for $2.");
    }

    [GeneratedRegex("^Cannot parse argument ('.*') for (.*) as expected type '.*'\\.$")]
    private static partial Regex UnparsedValue();

    private static async Task<int> RunVerbAsync(VerbCommand verb, ParseResult parsed, Terminal terminal)
    {
        using var interruption = new Interruption(terminal);
        try
        {
            return await interruption.AwaitAsync(Task.Run(() => verb.Work(parsed, terminal, interruption.Token)), verb.Grace);
        }
        catch (OperationCanceledException) when (interruption.Status != 0)
        {
            return interruption.Status;
        }
        catch (Exception exception)
        {
            var failure = Failure.Of(exception);
            terminal.Fault(failure.Sentence);
            if (parsed.GetValue(Debug) || Environment.GetEnvironmentVariable("STILLWATCH_DEBUG") == "1")
            {
                terminal.Fault(exception.ToString());
            }

            return failure.Status;
        }
    }
}
