namespace Stillwatch.Cli.Output;

/// <summary>
/// Names and texts come from logs that anybody may have written into. Before they reach a terminal, whatever could steer it is
/// replaced by U+FFFD: control characters (escape sequences begin with one) and marks that reorder the line.
/// </summary>
internal static class Printable
{
    private const char Replacement = '\uFFFD';

    public static string Clean(string text) =>
        text.AsSpan().ContainsAnyInRange('\0', '\u001F') || text.Any(IsUnsafe)
            ? string.Create(text.Length, text, static (cleaned, source) =>
            {
                for (var i = 0; i < cleaned.Length; i++)
                {
                    cleaned[i] = IsUnsafe(source[i]) ? Replacement : source[i];
                }
            })
            : text;

    /// <summary>Cleans each of several lines.</summary>
    public static string CleanLines(string lines) => string.Join('\n', lines.Split('\n').Select(Clean));

    private static bool IsUnsafe(char c) =>
        char.IsControl(c) || c is '\u200E' or '\u200F' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
