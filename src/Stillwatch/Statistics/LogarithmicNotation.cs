using System.Globalization;

namespace Stillwatch.Statistics;

/// <summary>Writes a positive number that is held as its decimal logarithm, whatever its size.</summary>
internal static class LogarithmicNotation
{
    /// <summary>Below this magnitude of the logarithm the number is written plainly, above it as mantissa and exponent.</summary>
    private const double PlainRange = 4;

    internal static string Format(double log10) => log10 switch
    {
        double.NegativeInfinity => "0",
        double.PositiveInfinity => "infinity",
        > -PlainRange and < PlainRange => Math.Pow(10, log10).ToString("G4", CultureInfo.InvariantCulture),
        _ => FormatScientific(log10),
    };

    private static string FormatScientific(double log10)
    {
        var exponent = Math.Floor(log10);
        var mantissa = Math.Round(Math.Pow(10, log10 - exponent), 2);
        if (mantissa >= 10)
        {
            (mantissa, exponent) = (1, exponent + 1);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{mantissa:0.##}e{exponent:+0;-0}");
    }
}
