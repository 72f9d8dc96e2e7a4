using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Stillwatch.Evidence.CanonicalJson;

/// <summary>Numbers as ECMAScript writes them: Number::toString of ECMA-262, 6.1.6.1.20, which RFC 8785, 3.2.2.3 takes over.</summary>
internal static class CanonicalNumber
{
    /// <summary>From this many digits before the point on, the exponent is written.</summary>
    private const int MaxPlainDigits = 21;

    /// <summary>From this many zeros after the point on, the exponent is written.</summary>
    private const int MaxLeadingZeros = 6;

    public static void Write(double value, ArrayBufferWriter<byte> output) => Encoding.UTF8.GetBytes(Format(value), output);

    /// <summary>The shortest digits that read back as the same double, laid out as ECMAScript does.</summary>
    /// <exception cref="JsonException">The number is beyond the range of a double.</exception>
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new JsonException("a number is beyond the range of a double.");
        }

        if (value == 0)
        {
            return "0";
        }

        var (digits, point) = Shortest(Math.Abs(value));
        return (value < 0 ? "-" : "") + Layout(digits, point);
    }

    /// <summary>The digits s and the place n of the point after their first n: the value is 0.s × 10^n.</summary>
    private static (string Digits, int Point) Shortest(double value)
    {
        // "E16" would pad; "R" is the shortest that reads back, in plain or in exponent form.
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var exponentAt = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = exponentAt < 0
            ? 0
            : int.Parse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = exponentAt < 0 ? text : text[..exponentAt];
        var pointAt = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = pointAt < 0 ? mantissa : mantissa[..pointAt];
        var all = whole + (pointAt < 0 ? "" : mantissa[(pointAt + 1)..]);
        var digits = all.TrimStart('0');
        return (digits.TrimEnd('0'), whole.Length + exponent - (all.Length - digits.Length));
    }

    private static string Layout(string digits, int point)
    {
        var count = digits.Length;
        return point switch
        {
            <= MaxPlainDigits when point >= count => digits + new string('0', point - count),
            > 0 and <= MaxPlainDigits => $"{digits[..point]}.{digits[point..]}",
            > -MaxLeadingZeros and <= 0 => $"0.{new string('0', -point)}{digits}",
            _ => Exponential(digits, point - 1),
        };
    }

    private static string Exponential(string digits, int exponent)
    {
        var fraction = digits.Length == 1 ? "" : $".{digits[1..]}";
        return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{fraction}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}");
    }
}
