namespace Stillwatch.Interactions.Formats;

/// <summary>Times of RFC 3339, section 5.6, read from UTF-8 without a detour over strings.</summary>
/// <remarks>
/// Accepted beyond the grammar's letter: a blank instead of T (its own note), lower-case t and z, offsets without the colon (ISO 8601
/// basic), and any number of fractional digits, of which three count (the rest is cut, so that order is kept). A leap second is the first
/// of the next minute.
/// </remarks>
internal static class Rfc3339
{
    private const long MillisecondsPerDay = 86_400_000;
    private const int LongestOffset = 23 * 60 + 59;

    /// <summary>1970-01-01 as <see cref="DateOnly.DayNumber"/>.</summary>
    private const int EpochDay = 719_162;

    /// <summary>Reads a time as milliseconds since 1970-01-01T00:00:00Z.</summary>
    /// <param name="text">The whole text, without blanks around it.</param>
    /// <param name="assumeUtc">Whether a time without an offset is UTC; otherwise it is refused.</param>
    /// <param name="milliseconds">The time; 0 if refused.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, bool assumeUtc, out long milliseconds)
    {
        milliseconds = 0;
        if (text.Length < 19 || !TryDate(text, out var days) || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ')
            || !TryClock(text[11..19], out var clock))
        {
            return false;
        }

        var rest = text[19..];
        if (!TryFraction(ref rest, out var fraction) || !TryOffset(rest, assumeUtc, out var offset))
        {
            return false;
        }

        milliseconds = days * MillisecondsPerDay + clock + fraction - offset * 60_000L;
        return true;
    }

    private static bool TryDate(ReadOnlySpan<byte> text, out long days)
    {
        days = 0;
        if (text[4] != '-' || text[7] != '-' || !TryPair(text, 0, out var century) || !TryPair(text, 2, out var years)
            || !TryPair(text, 5, out var month) || !TryPair(text, 8, out var day))
        {
            return false;
        }

        var year = century * 100 + years;
        if (year == 0 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        days = new DateOnly(year, month, day).DayNumber - EpochDay;
        return true;
    }

    private static bool TryClock(ReadOnlySpan<byte> text, out long milliseconds)
    {
        milliseconds = 0;
        if (text[2] != ':' || text[5] != ':' || !TryPair(text, 0, out var hour) || !TryPair(text, 3, out var minute)
            || !TryPair(text, 6, out var second) || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        milliseconds = ((hour * 60 + minute) * 60 + second) * 1000L;
        return true;
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> rest, out int milliseconds)
    {
        milliseconds = 0;
        if (rest.IsEmpty || rest[0] is not ((byte)'.' or (byte)','))
        {
            return true;
        }

        var digits = 1;
        for (var weight = 100; digits < rest.Length && char.IsAsciiDigit((char)rest[digits]); digits++, weight /= 10)
        {
            milliseconds += (rest[digits] - '0') * weight;
        }

        rest = rest[digits..];
        return digits > 1;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, bool assumeUtc, out int minutes)
    {
        minutes = 0;
        switch (text)
        {
            case []:
                return assumeUtc;
            case [(byte)'Z' or (byte)'z']:
                return true;
            case [(byte)'+' or (byte)'-', _, _, (byte)':', _, _]:
                return TryOffset(text, 4, out minutes);
            case [(byte)'+' or (byte)'-', _, _, _, _]:
                return TryOffset(text, 3, out minutes);
            default:
                return false;
        }
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, int minuteAt, out int minutes)
    {
        minutes = 0;
        if (!TryPair(text, 1, out var hour) || !TryPair(text, minuteAt, out var minute) || minute > 59)
        {
            return false;
        }

        minutes = (hour * 60 + minute) * (text[0] == '-' ? -1 : 1);
        return Math.Abs(minutes) <= LongestOffset;
    }

    private static bool TryPair(ReadOnlySpan<byte> text, int at, out int value)
    {
        var tens = (uint)(text[at] - '0');
        var ones = (uint)(text[at + 1] - '0');
        value = (int)(tens * 10 + ones);
        return tens <= 9 && ones <= 9;
    }
}
