namespace Stillwatch.Interactions.Formats;

/// <summary>Records and fields of RFC 4180, with any one-byte delimiter. A quote opens a field only at its start.</summary>
internal static class CsvText
{
    private const byte Quote = (byte)'"';

    private const byte LineFeed = (byte)'\n';

    /// <summary>The length of the first record with its line feed; -1 if it does not end here.</summary>
    public static int RecordLength(ReadOnlySpan<byte> text, byte delimiter)
    {
        var at = 0;
        while (true)
        {
            var quoted = at < text.Length && text[at] == Quote ? QuotedLength(text[at..]) : 0;
            if (quoted < 0)
            {
                return -1;
            }

            var end = text[(at + quoted)..].IndexOfAny(delimiter, LineFeed);
            if (end < 0)
            {
                return -1;
            }

            at += quoted + end + 1;
            if (text[at - 1] == LineFeed)
            {
                return at;
            }
        }
    }

    /// <summary>Takes the next field of a record that has no line feed at its end.</summary>
    /// <param name="rest">What is left of the record; becomes what follows the field's delimiter.</param>
    /// <param name="delimiter">Between fields.</param>
    /// <param name="field">The field, without its outer quotes.</param>
    /// <param name="quoted">Whether it had quotes, so that quotes inside are doubled.</param>
    /// <param name="last">Whether no field follows.</param>
    /// <returns>False if a quoted field is not closed, or goes on after its closing quote.</returns>
    public static bool TryTakeField(
        ref ReadOnlySpan<byte> rest, byte delimiter, out ReadOnlySpan<byte> field, out bool quoted, out bool last)
    {
        quoted = !rest.IsEmpty && rest[0] == Quote;
        var length = quoted ? QuotedLength(rest) : rest.IndexOf(delimiter);
        last = length < 0 || length == rest.Length;
        if (quoted && (length < 0 || !last && rest[length] != delimiter))
        {
            field = default;
            return false;
        }

        field = quoted ? rest[1..(length - 1)] : last ? rest : rest[..length];
        rest = last ? default : rest[(length + 1)..];
        return true;
    }

    /// <summary>Writes a field's plain form: doubled quotes become one.</summary>
    /// <param name="field">As <see cref="TryTakeField"/> gave it, from a quoted field.</param>
    /// <param name="destination">At least as long.</param>
    /// <returns>Bytes written.</returns>
    public static int Unquote(ReadOnlySpan<byte> field, Span<byte> destination)
    {
        var written = 0;
        for (var quote = field.IndexOf(Quote); quote >= 0; quote = field.IndexOf(Quote))
        {
            field[..(quote + 1)].CopyTo(destination[written..]);
            written += quote + 1;
            field = field[Math.Min(quote + 2, field.Length)..];
        }

        field.CopyTo(destination[written..]);
        return written + field.Length;
    }

    /// <summary>The length of a quoted field with both quotes; -1 if it is not closed.</summary>
    private static int QuotedLength(ReadOnlySpan<byte> text)
    {
        for (var at = 1; text[at..].IndexOf(Quote) is var quote and >= 0; at += 2)
        {
            at += quote;
            if (at + 1 == text.Length || text[at + 1] != Quote)
            {
                return at + 1;
            }
        }

        return -1;
    }
}
