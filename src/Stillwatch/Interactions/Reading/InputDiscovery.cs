using System.IO.Enumeration;

namespace Stillwatch.Interactions.Reading;

/// <summary>Finds the logs that arguments of a command line name: files, directories, patterns, and <c>-</c> for standard input.</summary>
/// <remarks>
/// Directories are searched at every depth for <see cref="Extensions"/>, also followed by .gz; hidden entries and links to directories
/// are passed over. Patterns know <c>*</c>, <c>?</c> and <c>**</c> (directories at any depth). A file that is named twice is read once.
/// The order is ordinal by full path, standard input last, so that it depends neither on the shell nor on the file system.
/// </remarks>
public static class InputDiscovery
{
    /// <summary>Extensions of logs in a directory.</summary>
    public static IReadOnlyList<string> Extensions { get; } = [".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet"];

    private const string StandardInput = "-";

    /// <summary>Finds the inputs.</summary>
    /// <param name="arguments">As given by the user.</param>
    /// <param name="openStandardInput">Opens standard input; null where there is none to read.</param>
    /// <exception cref="InputException">An argument names nothing that can be read.</exception>
    public static IReadOnlyList<InputFile> Find(IEnumerable<string> arguments, Func<Stream>? openStandardInput = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var paths = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var standardInput = false;
        foreach (var argument in arguments)
        {
            if (argument == StandardInput)
            {
                standardInput = true;
                continue;
            }

            foreach (var path in Expand(argument))
            {
                paths.TryAdd(Path.GetFullPath(path), path);
            }
        }

        var files = paths.Values.Select(static (path, i) => InputFile.FromPath(i, path)).ToList();
        if (standardInput)
        {
            var open = openStandardInput ?? throw new InputException("-: there is no standard input to read.");
            files.Add(new(files.Count, "standard input", null, open));
        }

        return files;
    }

    private static List<string> Expand(string argument)
    {
        try
        {
            if (argument.Length == 0)
            {
                throw new InputException("An input is the empty string; name a file, a directory, a pattern, or - for standard input.");
            }

            var found = ExpandExisting(argument) ?? ExpandPattern(argument);
            return found.Count > 0 ? found : throw new InputException($"{argument}: {WhyNothing(argument)}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException(InputFile.Explain(argument, e), e);
        }
    }

    private static string WhyNothing(string argument)
    {
        if (Directory.Exists(argument))
        {
            return $"the directory holds no log; looked for {string.Join(' ', Extensions)}, also with .gz";
        }

        return IsPattern(argument) ? "the pattern matches no log" : "there is no such file or directory";
    }

    private static List<string> ExpandPattern(string argument) =>
        IsPattern(argument) ? [.. InputPattern.Expand(argument).SelectMany(ExpandMatch)] : [];

    /// <summary>A pattern may match a directory without logs without that being an error.</summary>
    private static List<string> ExpandMatch(string path) => ExpandExisting(path) ?? [];

    private static List<string>? ExpandExisting(string path) =>
        Directory.Exists(path) ? [.. Search(path)] : File.Exists(path) ? [path] : null;

    private static bool IsPattern(string argument) => argument.AsSpan().IndexOfAny('*', '?') >= 0;

    private static FileSystemEnumerable<string> Search(string directory)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = false,
            AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
        };
        return new(directory, static (ref entry) => entry.ToSpecifiedFullPath(), options)
        {
            ShouldIncludePredicate = static (ref entry) => !entry.IsDirectory && IsLog(entry.FileName),
            ShouldRecursePredicate = static (ref entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        };
    }

    private static bool IsLog(ReadOnlySpan<char> name)
    {
        var stem = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;
        foreach (var extension in Extensions)
        {
            if (stem.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
