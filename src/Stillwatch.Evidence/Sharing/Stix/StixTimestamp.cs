using System.Globalization;
using System.Text.RegularExpressions;

namespace Stillwatch.Evidence.Sharing.Stix;

/// <summary>Times as STIX writes them: RFC 3339 in UTC with a Z, in milliseconds where we write (STIX 2.1, 2.16 and 3.2).</summary>
public static partial class StixTimestamp
{
    private const int MaxLength = 40;

    /// <summary>The longest fraction of a second that a <see cref="DateTimeOffset"/> holds, in digits.</summary>
    private const int TickDigits = 7;

    /// <summary>The time in milliseconds.</summary>
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads a time. A leap second counts as the last whole second of its minute; digits beyond 100 ns are dropped.</summary>
    /// <returns>False if the text has another form, or names a day that does not exist.</returns>
    public static bool TryParse(string? text, out DateTimeOffset time)
    {
        time = default;
        if (text is null || text.Length > MaxLength || Shape().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var seconds = match.Groups["second"].Value == "60" ? "59" : match.Groups["second"].Value;
        var fraction = match.Groups["fraction"].Value;
        var digits = fraction.Length > TickDigits ? fraction[..TickDigits] : fraction.PadRight(TickDigits, '0');
        return DateTimeOffset.TryParseExact(
            $"{match.Groups["minute"].Value}:{seconds}.{digits}Z",
            "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out time);
    }

    /// <summary>The pattern of the OASIS schema, timestamp.json.</summary>
    [GeneratedRegex(@"\A(?<minute>[0-9]{4}-(?:0[1-9]|1[012])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9])"
        + @":(?<second>[0-5][0-9]|60)(?:\.(?<fraction>[0-9]+))?Z\z")]
    private static partial Regex Shape();
}
