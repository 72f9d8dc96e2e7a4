namespace Stillwatch.Provenance.Tokenising;

/// <summary>Reads tokenisers from files.</summary>
/// <remarks>Files are read whole, up to 64 MiB, and have at most 2,097,152 ids; tokens at most 1,024 bytes.</remarks>
public static class TokeniserFile
{
    internal const int MaxTokenBytes = 1024;
    internal const int MaxId = (1 << 21) - 1;

    private const int MaxFileBytes = 1 << 26;

    /// <summary>A tokeniser of tiktoken: lines of a token in base 64, a blank and its rank, which is its id.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="pattern">One of <see cref="SplitPattern.Names"/>; the file does not say.</param>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static BytePairTokeniser ReadTiktoken(Stream stream, string pattern)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var split = SplitPattern.Of(pattern)
            ?? throw new ArgumentException($"Patterns are {string.Join(", ", SplitPattern.Names)}.", nameof(pattern));
        return new(TiktokenRanks.Read(ReadBounded(stream), split));
    }

    /// <summary>A <c>tokenizer.json</c> of Hugging Face's Tokenizers with byte-level byte-pair encoding.</summary>
    /// <remarks>
    /// Normalisers other than NFC, other pre-tokenisers than <c>ByteLevel</c>, <c>Split</c> and <c>Digits</c>, dropout, and added tokens
    /// that swallow blanks are refused, because ids would be others. Texts are taken to be in NFC already; template and decoder are not
    /// read.
    /// </remarks>
    /// <param name="stream">The file.</param>
    /// <exception cref="InvalidDataException">It is no such file, or asks for something that is not done here.</exception>
    public static BytePairTokeniser ReadJson(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new(TokenizerJson.Read(ReadBounded(stream)));
    }

    private static byte[] ReadBounded(Stream stream)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > MaxFileBytes)
            {
                throw new InvalidDataException("A file of a tokeniser has at most 64 MiB.");
            }
        }

        return bytes.ToArray();
    }
}
