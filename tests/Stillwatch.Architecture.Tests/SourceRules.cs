using System.Text.RegularExpressions;

namespace Stillwatch.Architecture.Tests;

/// <summary>What a source file must keep to that no analyzer checks, read line by line.</summary>
internal static partial class SourceRules
{
    public const int MaxFileLines = 400;

    public const int MaxLineLength = 140;

    /// <summary>What breaks the rules in one file, a sentence each.</summary>
    public static IEnumerable<string> Violations(string path, IReadOnlyList<string> lines)
    {
        if (lines.Count >= MaxFileLines)
        {
            yield return $"{path} has {lines.Count} lines; a file has fewer than {MaxFileLines}.";
        }

        for (var i = 0; i < lines.Count; i++)
        {
            if (Fault(lines[i]) is { } fault)
            {
                yield return $"{path}:{i + 1} {fault}";
            }
        }

        foreach (var violation in TypeViolations(path, lines))
        {
            yield return violation;
        }
    }

    private static string? Fault(string line) => line switch
    {
        { Length: > MaxLineLength } => $"is {line.Length} characters long; a line has at most {MaxLineLength}.",
        _ when Unfinished().Match(line) is { Success: true } word => $"says {word.Value}: finish it or open an issue.",
        _ when Region().IsMatch(line) => "opens a region: split the type instead.",
        _ when CommentedCode().IsMatch(line) => "looks like code that is commented out: delete it.",
        _ => null,
    };

    private static IEnumerable<string> TypeViolations(string path, IReadOnlyList<string> lines)
    {
        var types = lines.Select(line => TypeDeclaration().Match(line)).Where(match => match.Success).ToList();
        var shown = types.Where(type => type.Groups["access"].Value == "public").Select(Name).Distinct().ToList();
        if (shown.Count > 1)
        {
            yield return $"{path} declares {string.Join(" and ", shown)}; a file has one public type.";
        }

        var fileName = Path.GetFileName(path).Split('.')[0];
        if (types.Count > 0 && types.All(type => Name(type) != fileName))
        {
            yield return $"{path} declares {Name(types[0])}; a file is named after its type.";
        }
    }

    private static string Name(Match type) => type.Groups["name"].Value;

    [GeneratedRegex(@"\b(T[O]DO|F[I]XME|H[A]CK|X[X]X)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"^\s*#region\b")]
    private static partial Regex Region();

    [GeneratedRegex(@"^\s*//(?!/)\s*(\}|\{|(?!.*\b(the|a|is|are|so|that|of)\b).*[;{]\s*$)")]
    private static partial Regex CommentedCode();

    /// <summary>A type of a file-scoped namespace begins in the first column; nested ones do not.</summary>
    [GeneratedRegex(@"^(?<access>public|internal)(?: (?:sealed|static|abstract|readonly|partial|ref|unsafe))* "
        + @"(?:class|struct|record(?: struct| class)?|interface|enum|delegate [\w<>?\[\], ]+) (?<name>\w+)")]
    private static partial Regex TypeDeclaration();
}
