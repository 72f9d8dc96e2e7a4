using System.IO.Enumeration;

namespace Stillwatch.Interactions.Reading;

/// <summary>Expands a path with <c>*</c> and <c>?</c> in its parts and <c>**</c> as a part for directories at any depth.</summary>
internal static class InputPattern
{
    /// <summary>The files and directories that match, in no particular order; a path may come more than once.</summary>
    public static IEnumerable<string> Expand(string pattern)
    {
        var root = Path.GetPathRoot(pattern) ?? string.Empty;
        char[] separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];
        return Expand(root, pattern[root.Length..].Split(separators, StringSplitOptions.RemoveEmptyEntries));
    }

    private static IEnumerable<string> Expand(string from, ReadOnlyMemory<string> parts)
    {
        if (parts.IsEmpty)
        {
            return [from];
        }

        var (part, rest) = (parts.Span[0], parts[1..]);
        if (part == "**")
        {
            return Below(from).SelectMany(directory => Expand(directory, rest));
        }

        return part.AsSpan().IndexOfAny('*', '?') < 0 ? ExpandLiteral(Path.Combine(from, part), rest) : ExpandMatches(from, part, rest);
    }

    private static IEnumerable<string> ExpandLiteral(string path, ReadOnlyMemory<string> rest) =>
        Path.Exists(path) ? Expand(path, rest) : [];

    private static IEnumerable<string> ExpandMatches(string from, string part, ReadOnlyMemory<string> rest)
    {
        if (!Directory.Exists(Here(from)))
        {
            return [];
        }

        return new DirectoryInfo(Here(from)).EnumerateFileSystemInfos()
            .Where(entry => FileSystemName.MatchesSimpleExpression(part, entry.Name, ignoreCase: false) && entry.Name[0] != '.')
            .SelectMany(entry => Expand(Path.Combine(from, entry.Name), rest));
    }

    /// <summary>The directory itself and all below it, links and hidden ones left out.</summary>
    private static IEnumerable<string> Below(string from)
    {
        yield return from;
        if (!Directory.Exists(Here(from)))
        {
            yield break;
        }

        const FileAttributes Skipped = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint;
        foreach (var child in new DirectoryInfo(Here(from)).EnumerateDirectories().Where(static child => (child.Attributes & Skipped) == 0))
        {
            foreach (var directory in Below(Path.Combine(from, child.Name)))
            {
                yield return directory;
            }
        }
    }

    private static string Here(string path) => path.Length == 0 ? "." : path;
}
