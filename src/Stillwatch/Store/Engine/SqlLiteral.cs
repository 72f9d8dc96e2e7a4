using System.Globalization;
using System.Text;

namespace Stillwatch.Store.Engine;

/// <summary>
/// Literals by the rules of ClickHouse's lexer: a string stands between single quotes; backslash begins an escape (\\, \', \0, \xHH); every
/// other byte stands for itself. Versions without query parameters read nothing else.
/// </summary>
internal static class SqlLiteral
{
    internal static void Append(StringBuilder text, long value) => text.Append(CultureInfo.InvariantCulture, $"{value}");

    internal static void Append(StringBuilder text, ulong value) => text.Append(CultureInfo.InvariantCulture, $"{value}");

    internal static void Append(StringBuilder text, double value) => text.Append(value switch
    {
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        _ when double.IsNaN(value) => "nan",
        _ when double.IsSubnormal(value) => Bits(value),
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    });

    internal static void Append(StringBuilder text, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        text.Append('\'');
        foreach (var character in value)
        {
            AppendEscaped(text, character);
        }

        text.Append('\'');
    }

    internal static void Append(StringBuilder text, ReadOnlySpan<byte> value)
    {
        text.Append('\'');
        foreach (var octet in value)
        {
            if (octet is >= 0x20 and < 0x7f)
            {
                AppendEscaped(text, (char)octet);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"\\x{octet:X2}");
            }
        }

        text.Append('\'');
    }

    /// <summary>By its bits: 18.16 refuses a decimal number below the smallest normal one.</summary>
    private static string Bits(double value) => string.Create(
        CultureInfo.InvariantCulture, $"reinterpretAsFloat64(reinterpretAsString(toUInt64({BitConverter.DoubleToUInt64Bits(value)})))");

    private static void AppendEscaped(StringBuilder text, char character)
    {
        _ = character switch
        {
            '\\' => text.Append(@"\\"),
            '\'' => text.Append(@"\'"),
            '\0' => text.Append(@"\0"),
            _ => text.Append(character),
        };
    }
}
