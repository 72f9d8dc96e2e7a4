using Stillwatch.Benchmarks.Detection.Commands;
using Stillwatch.Interactions.Reading;

namespace Stillwatch.Benchmarks.Detection.Coordination;

/// <summary>Where a log, its registrations and its truth are.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Interactions">The interactions.</param>
/// <param name="Registrations">The accounts files.</param>
/// <param name="Truth">The labels.</param>
internal sealed record LabelledLog(
    string Name, IReadOnlyList<InputFile> Interactions, IReadOnlyList<InputFile> Registrations, string Truth)
{
    /// <summary>
    /// The logs that arguments name: a directory each, as compose and simulate write them, or one file with its two others.
    /// </summary>
    /// <exception cref="UnusableException">They name nothing that can be used.</exception>
    public static IReadOnlyList<LabelledLog> Find(CommandArguments arguments)
    {
        var (accounts, truth) = (arguments.Single("--accounts"), arguments.Single("--truth"));
        return arguments.Rest switch
        {
            [] => throw new UnusableException("Name a log with --accounts and --truth, or directories that hold all three."),
            [var log] when File.Exists(log) => [Of(log, log, accounts, truth ?? throw new UnusableException($"{log} needs --truth FILE."))],
            _ when accounts is not null || truth is not null => throw new UnusableException("--accounts and --truth go with one log file."),
            var directories => [.. directories.Select(OfDirectory)],
        };
    }

    private static LabelledLog OfDirectory(string directory) => Directory.Exists(directory)
        ? Of(directory, FileOf(directory, "interactions"), FileOf(directory, "accounts"), FileOf(directory, "truth"))
        : throw new UnusableException($"{directory}: there is no such file or directory.");

    private static string FileOf(string directory, string name) =>
        ((string[])[$"{name}.jsonl.gz", $"{name}.jsonl"]).Select(file => Path.Combine(directory, file)).FirstOrDefault(File.Exists)
            ?? throw new UnusableException($"{directory} holds no {name}.jsonl.gz.");

    private static LabelledLog Of(string name, string log, string? accounts, string truth) =>
        new(name, InputDiscovery.Find([log]), accounts is null ? [] : InputDiscovery.Find([accounts]), truth);
}
