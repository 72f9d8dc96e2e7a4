namespace Stillwatch.Provenance.Tokenising;

/// <summary>Bytes as letters, as byte-level vocabularies write them: printable ones as they are, the others from U+0100 on.</summary>
/// <remarks>openai/gpt-2, <c>bytes_to_unicode</c> (MIT).</remarks>
internal static class ByteLetters
{
    private static readonly char[] Letters = Make();
    private static readonly Dictionary<char, byte> Bytes = Letters.Select(static (letter, value) => (letter, value))
        .ToDictionary(static pair => pair.letter, static pair => (byte)pair.value);

    /// <summary>The letter of a byte.</summary>
    public static char Of(byte value) => Letters[value];

    /// <summary>The bytes of a token's text; null if it has a letter that stands for none.</summary>
    public static byte[]? TryBytes(string text)
    {
        var bytes = new byte[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            if (!Bytes.TryGetValue(text[i], out bytes[i]))
            {
                return null;
            }
        }

        return bytes;
    }

    private static char[] Make()
    {
        var (letters, next) = (new char[256], '\u0100');
        for (var value = 0; value < letters.Length; value++)
        {
            var isPrintable = value is (>= '!' and <= '~') or (>= 0xa1 and <= 0xac) or (>= 0xae and <= 0xff);
            letters[value] = isPrintable ? (char)value : next++;
        }

        return letters;
    }
}
