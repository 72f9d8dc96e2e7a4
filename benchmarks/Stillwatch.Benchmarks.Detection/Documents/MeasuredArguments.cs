using System.Text.RegularExpressions;
using Stillwatch.Benchmarks.Detection.Commands;

namespace Stillwatch.Benchmarks.Detection.Documents;

/// <summary>
/// Arguments as pages tell them, and what they stand for on a machine: <c>SHARED</c> is the folder of shared data and tools, and
/// <c>LOGS/NAME-SEED</c> a log that the composer makes of the scenario of that name with that seed.
/// </summary>
/// <param name="shared">The folder of shared data and tools.</param>
/// <param name="logs">The folder of composed logs.</param>
internal sealed partial class MeasuredArguments(string shared, string logs)
{
    private const string SharedFolder = "SHARED";
    private const string LogFolder = "LOGS";

    /// <summary>The composer.</summary>
    public string Composer => Path.Combine(shared, "tools", "compose", "compose.py");

    /// <summary>The folder of shared data.</summary>
    public string Data => Path.Combine(shared, "data");

    /// <summary>The arguments with paths of this machine.</summary>
    public IReadOnlyList<string> Expand(string arguments) =>
    [
        .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(argument => argument switch
        {
            _ when Starts(argument, SharedFolder) => Path.Combine(shared, argument[(SharedFolder.Length + 1)..]),
            _ when Starts(argument, LogFolder) => Path.Combine(logs, argument[(LogFolder.Length + 1)..]),
            _ => argument,
        }),
    ];

    /// <summary>The logs that the arguments name.</summary>
    /// <exception cref="UnusableException">A log's name does not tell its seed.</exception>
    public IEnumerable<(string Directory, string Scenario, ulong Seed)> Logs(string arguments)
    {
        foreach (var argument in arguments.Split(' ').Where(static argument => Starts(argument, LogFolder)))
        {
            var match = LogName().Match(argument);
            yield return match.Success && ulong.TryParse(match.Groups["seed"].Value, out var seed)
                ? (Path.Combine(logs, match.Value[(LogFolder.Length + 1)..]), Scenario(match.Groups["scenario"].Value), seed)
                : throw new UnusableException($"{argument}: a log is named {LogFolder}/SCENARIO-SEED.");
        }
    }

    private string Scenario(string name) => Path.Combine(shared, "tools", "compose", "scenarios", $"{name}.json");

    private static bool Starts(string argument, string folder) => argument.StartsWith($"{folder}/", StringComparison.Ordinal);

    [GeneratedRegex("^LOGS/(?<scenario>[a-z][a-z0-9-]*)-(?<seed>[0-9]+)$")]
    private static partial Regex LogName();
}
