using System.Buffers;
using System.Text;

namespace Stillwatch.Evidence.CanonicalJson;

/// <summary>Strings as RFC 8785, 3.2.2.2 has them: the shortest escapes, and only where JSON demands one.</summary>
internal static class CanonicalText
{
    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\']);

    /// <summary>Writes a string with its quotes.</summary>
    /// <param name="text">Well-formed UTF-16.</param>
    /// <param name="output">Takes UTF-8.</param>
    public static void Write(string text, ArrayBufferWriter<byte> output)
    {
        output.Write("\""u8);
        var rest = text.AsSpan();
        while (rest.IndexOfAny(Escaped) is >= 0 and var at)
        {
            Encoding.UTF8.GetBytes(rest[..at], output);
            WriteEscape(rest[at], output);
            rest = rest[(at + 1)..];
        }

        Encoding.UTF8.GetBytes(rest, output);
        output.Write("\""u8);
    }

    private static void WriteEscape(char character, ArrayBufferWriter<byte> output)
    {
        var escape = character switch
        {
            '"' => "\\\"",
            '\\' => @"\\",
            '\b' => @"\b",
            '\t' => @"\t",
            '\n' => @"\n",
            '\f' => @"\f",
            '\r' => @"\r",
            _ => $@"\u{(int)character:x4}",
        };
        Encoding.UTF8.GetBytes(escape, output);
    }
}
