using System.IO.Compression;
using Stillwatch.Provenance.Laboratory;

namespace Stillwatch.Cli.Verbs.Marks;

/// <summary>A text that gives words their ids.</summary>
internal static class MarkWords
{
    private const int MaxChars = 1 << 28;
    private const int MaxVocabulary = 1_000_000;

    /// <summary>Reads a text, plain or gzip, and its vocabulary.</summary>
    /// <exception cref="UnusableException">The size is out of range, or there is no such file.</exception>
    /// <exception cref="InvalidDataException">The text is too long.</exception>
    public static (WordVocabulary Vocabulary, string Text) Read(string path, int most)
    {
        if (most is < 2 or > MaxVocabulary)
        {
            throw new UnusableException($"--vocabulary takes 2 to {MaxVocabulary} words.");
        }

        var text = ReadText(path);
        return (WordVocabulary.OfText(text, most), text);
    }

    /// <summary>Reads a text, plain or gzip.</summary>
    public static string ReadText(string path)
    {
        using var stream = InputStream.Open(path);
        using var reader = new StreamReader(
            path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        var text = new System.Text.StringBuilder();
        var buffer = new char[1 << 16];
        for (int read; (read = reader.Read(buffer)) > 0;)
        {
            text.Append(buffer, 0, read);
            if (text.Length > MaxChars)
            {
                throw new InvalidDataException($"{path}: a text has at most {MaxChars} characters.");
            }
        }

        return text.ToString();
    }
}
