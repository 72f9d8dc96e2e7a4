using System.Diagnostics;
using System.Text;

namespace Stillwatch.Interactions.Formats;

/// <summary>Strings of JSON (RFC 8259, section 7) between their escaped and their plain form, both UTF-8.</summary>
internal static class JsonText
{
    private const int ReplacementCharacter = 0xFFFD;

    /// <summary>
    /// Writes the plain form. Never longer than the escaped one. A lone surrogate, as truncation at a UTF-16 boundary leaves
    /// it, becomes U+FFFD, since UTF-8 cannot carry it.
    /// </summary>
    /// <param name="escaped">What stands between the quotes; its escapes were found well-formed by the JSON reader.</param>
    /// <param name="destination">At least as long as <paramref name="escaped"/>.</param>
    /// <returns>Bytes written.</returns>
    public static int Unescape(ReadOnlySpan<byte> escaped, Span<byte> destination)
    {
        Debug.Assert(destination.Length >= escaped.Length, "The plain form is never longer, so the escaped length is enough.");
        var written = 0;
        while (true)
        {
            var plain = escaped.IndexOf((byte)'\\');
            if (plain < 0 || plain + 1 >= escaped.Length)
            {
                escaped.CopyTo(destination[written..]);
                return written + escaped.Length;
            }

            escaped[..plain].CopyTo(destination[written..]);
            written += plain;
            escaped = escaped[plain..];
            written += UnescapeOne(ref escaped, destination[written..]);
        }
    }

    private static int UnescapeOne(ref ReadOnlySpan<byte> escaped, Span<byte> destination)
    {
        if (escaped[1] == 'u')
        {
            return new Rune(TakeScalar(ref escaped)).EncodeToUtf8(destination);
        }

        destination[0] = escaped[1] switch
        {
            (byte)'n' => (byte)'\n',
            (byte)'t' => (byte)'\t',
            (byte)'r' => (byte)'\r',
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            var itself => itself,
        };
        escaped = escaped[2..];
        return 1;
    }

    private static int TakeScalar(ref ReadOnlySpan<byte> escaped)
    {
        var unit = CodeUnit(escaped);
        escaped = escaped[6..];
        if (!char.IsSurrogate((char)unit))
        {
            return unit;
        }

        var low = char.IsHighSurrogate((char)unit) && escaped.StartsWith("\\u"u8) ? CodeUnit(escaped) : 0;
        if (!char.IsLowSurrogate((char)low))
        {
            return ReplacementCharacter;
        }

        escaped = escaped[6..];
        return char.ConvertToUtf32((char)unit, (char)low);
    }

    /// <summary>Four hexadecimal digits; bit 6 tells letters from figures, whose low nibble is 9 short of their value.</summary>
    private static int CodeUnit(ReadOnlySpan<byte> escape)
    {
        var unit = 0;
        foreach (var digit in escape.Slice(2, 4))
        {
            unit = unit << 4 | (digit & 0xF) + (digit >> 6) * 9;
        }

        return unit;
    }
}
