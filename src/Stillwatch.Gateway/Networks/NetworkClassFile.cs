using System.Collections.Frozen;

namespace Stillwatch.Gateway.Networks;

/// <summary>
/// Reads the operator's classes of autonomous systems, from lines such as <c>13335,hosting</c>; a <c>#</c> begins a comment.
/// </summary>
internal static class NetworkClassFile
{
    private const int MaxLength = 64;

    /// <summary>Reads a file; null names none.</summary>
    /// <exception cref="InvalidDataException">A line cannot be read, or a system is given twice.</exception>
    public static FrozenDictionary<uint, string> Read(string? path)
    {
        var classes = new Dictionary<uint, string>();
        var number = 0;
        foreach (var line in path is null ? [] : File.ReadLines(path))
        {
            number++;
            var text = line.Split('#')[0].Trim();
            if (text.Length == 0)
            {
                continue;
            }

            var parts = text.Split(',', StringSplitOptions.TrimEntries);
            if (parts is not [var system, { Length: > 0 and <= MaxLength } name] || !uint.TryParse(system, out var asn) || asn == 0
                || !classes.TryAdd(asn, name))
            {
                throw new InvalidDataException(
                    $"{Path.GetFullPath(path!)}:{number}: write each autonomous system once, as NUMBER,CLASS, such as 64500,hosting.");
            }
        }

        return classes.ToFrozenDictionary();
    }
}
