using System.Text;

namespace Stillwatch.Reporting;

/// <summary>Text that somebody else chose as a piece of a line of Markdown: what could begin markup or HTML is escaped.</summary>
internal static class MarkdownText
{
    private const string Signs = "\\`*_{}[]<>#|&~$@";

    public static string Of(string text, int maxLength = int.MaxValue)
    {
        var harmless = HarmlessText.Of(text, maxLength);
        var escaped = new StringBuilder(harmless.Length + 16);
        for (var i = 0; i < harmless.Length; i++)
        {
            if (Signs.Contains(harmless[i], StringComparison.Ordinal) || CouldBeAddress(harmless, i))
            {
                escaped.Append('\\');
            }

            escaped.Append(harmless[i]);
        }

        return escaped.ToString();
    }

    /// <summary>Whether what stands here could make an address of the text, which some readers turn into a link: https://, www.</summary>
    private static bool CouldBeAddress(string text, int at) =>
        at + 1 < text.Length && ((text[at] == ':' && text[at + 1] == '/') || (text[at] == '.' && char.IsLetter(text[at + 1])));
}
