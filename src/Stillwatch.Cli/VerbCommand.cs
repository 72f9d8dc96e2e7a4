using System.CommandLine;
using Stillwatch.Cli.Output;

namespace Stillwatch.Cli;

/// <summary>One verb of the command line.</summary>
internal sealed class VerbCommand(string name, string description) : Command(name, description)
{
    /// <summary>Whole command lines, shown at the end of the verb's help, each under a line that says what it does.</summary>
    public IReadOnlyList<(string Purpose, string Line)> Examples { get; init; } = [];

    /// <summary>How long the verb may take to end once it is asked to.</summary>
    public TimeSpan Grace { get; init; } = Interruption.DefaultGrace;

    /// <summary>Does the verb's work and gives the exit status; exceptions become one sentence each (<see cref="Failure"/>).</summary>
    public required Func<ParseResult, Terminal, CancellationToken, Task<int>> Work { get; init; }
}
