using System.Security.Cryptography;
using System.Text;
using Stillwatch.Provenance.Watermarking;

namespace Stillwatch.Cli.Verbs.Marks;

/// <summary>Files of revealed keys, one a line.</summary>
internal static class KeyLines
{
    private const int MaxFileBytes = 1 << 26;

    /// <summary>The keys of a file.</summary>
    /// <exception cref="InvalidDataException">A line is no key.</exception>
    public static IReadOnlyList<RevealedKey> Read(string path)
    {
        var bytes = TransparencyOptions.ReadBounded(path, MaxFileBytes);
        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        CryptographicOperations.ZeroMemory(bytes);
        return
        [
            .. lines.Select(static (text, i) => (Text: text, Line: i + 1)).Where(static line => line.Text.Trim().Length > 0)
                .Select(line => RevealedKey.TryParse(line.Text)
                    ?? throw TokenLines.Fault(path, line.Line, "this is no key as 'stillwatch mark reveal' writes it")),
        ];
    }
}
