using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Stillwatch.Cli;

/// <summary>The library's help, and after it the verb's examples.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction _help = new();

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        _help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is VerbCommand { Examples.Count: > 0 } verb)
        {
            output.WriteLine("Examples:");
            foreach (var (purpose, line) in verb.Examples)
            {
                output.WriteLine($"  # {purpose}");
                output.WriteLine($"  {line}");
            }

            output.WriteLine();
        }

        return ExitStatus.Done;
    }
}
