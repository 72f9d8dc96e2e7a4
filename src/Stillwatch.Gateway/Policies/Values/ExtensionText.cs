using System.Globalization;
using System.Text.RegularExpressions;

namespace Stillwatch.Gateway.Policies.Values;

/// <summary>
/// Reads the texts of Cedar's <c>decimal</c>, <c>datetime</c> and <c>duration</c> as Cedar does; an error value for others.
/// </summary>
internal static partial class ExtensionText
{
    public const long DayMilliseconds = 86_400_000;

    private static readonly (string Group, long Milliseconds)[] Units =
        [("d", DayMilliseconds), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)];

    /// <summary>1 to 4 digits after the point, within 64 bits of ten-thousandths.</summary>
    public static PolicyValue Decimal(string text)
    {
        if (DecimalForm().Match(text) is { Success: true } match)
        {
            var digits = match.Groups["whole"].Value + match.Groups["part"].Value.PadRight(4, '0');
            if (Int128.TryParse(match.Groups["sign"].Value + digits, CultureInfo.InvariantCulture, out var value)
                && value >= long.MinValue && value <= long.MaxValue)
            {
                return PolicyValue.Decimal((long)value);
            }
        }

        return PolicyValue.Error($"'{text}' is no decimal such as 1.25, or it does not fit.");
    }

    /// <summary><c>2026-11-28</c>, <c>2026-11-28T20:00:00Z</c>, with thousandths, with an offset such as <c>+0100</c> for the Z.</summary>
    public static PolicyValue Datetime(string text)
    {
        var match = DatetimeForm().Match(text);
        if (!match.Success || !IsTime(match) || Day(match) is not { } day)
        {
            return PolicyValue.Error($"'{text}' is no moment such as 2026-11-28 or 2026-11-28T20:00:00Z.");
        }

        var time = (((Part(match, "h") * 60) + Part(match, "min")) * 60) + Part(match, "s");
        var offset = ((Part(match, "oh") * 60) + Part(match, "om")) * 60_000 * (match.Groups["sign"].Value == "-" ? -1 : 1);
        return PolicyValue.Datetime((day * DayMilliseconds) + (time * 1000) + Part(match, "ms") - offset);
    }

    /// <summary><c>1d2h3m4s5ms</c>, each unit at most once, in this order, with a minus before it or not.</summary>
    public static PolicyValue Duration(string text)
    {
        var match = DurationForm().Match(text);
        if (match.Success && text.Any(char.IsAsciiDigit))
        {
            var sum = Int128.Zero;
            foreach (var (group, milliseconds) in Units.Where(unit => match.Groups[unit.Group].Success))
            {
                // More than 20 digits are more than 64 bits in any unit.
                var digits = match.Groups[group].Value.TrimStart('0');
                sum += digits.Length > 20 ? Int128.MaxValue / 16 : Int128.Parse($"0{digits}", CultureInfo.InvariantCulture) * milliseconds;
            }

            sum = match.Groups["sign"].Success ? -sum : sum;
            if (sum >= long.MinValue && sum <= long.MaxValue)
            {
                return PolicyValue.Duration((long)sum);
            }
        }

        return PolicyValue.Error($"'{text}' is no duration such as 1d2h30m, or it does not fit.");
    }

    private static long Part(Match match, string group) =>
        match.Groups[group] is { Success: true } part ? long.Parse(part.Value, CultureInfo.InvariantCulture) : 0;

    private static bool IsTime(Match match) => Part(match, "h") < 24 && Part(match, "min") < 60 && Part(match, "s") < 60
        && Part(match, "oh") < 24 && Part(match, "om") < 60;

    /// <summary>Days since 1970 (Gregorian, year 0 included, which .NET's calendar has not).</summary>
    private static long? Day(Match match)
    {
        var (year, month, day) = (Part(match, "y"), Part(match, "mon"), Part(match, "day"));
        var cycle = year < 1 ? 400 : 0;
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth((int)(year + cycle), (int)month))
        {
            return null;
        }

        return new DateOnly((int)(year + cycle), (int)month, (int)day).DayNumber - new DateOnly(1970, 1, 1).DayNumber
            - (cycle > 0 ? 146_097 : 0);
    }

    [GeneratedRegex(@"\A(?<sign>-?)(?<whole>[0-9]{1,30})\.(?<part>[0-9]{1,4})\z")]
    private static partial Regex DecimalForm();

    [GeneratedRegex(@"\A(?<y>[0-9]{4})-(?<mon>[0-9]{2})-(?<day>[0-9]{2})"
        + @"(T(?<h>[0-9]{2}):(?<min>[0-9]{2}):(?<s>[0-9]{2})(\.(?<ms>[0-9]{3}))?(Z|(?<sign>[+-])(?<oh>[0-9]{2})(?<om>[0-9]{2})))?\z")]
    private static partial Regex DatetimeForm();

    [GeneratedRegex(@"\A(?<sign>-)?((?<d>[0-9]+)d)?((?<h>[0-9]+)h)?((?<m>[0-9]+)m)?((?<s>[0-9]+)s)?((?<ms>[0-9]+)ms)?\z")]
    private static partial Regex DurationForm();
}
