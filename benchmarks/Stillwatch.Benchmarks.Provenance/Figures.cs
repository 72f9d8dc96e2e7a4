using System.Globalization;

namespace Stillwatch.Benchmarks.Provenance;

/// <summary>Numbers as the tables show them.</summary>
internal static class Figures
{
    public static string Whole(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    public static string Short(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    public static string Power(double value) => value.ToString("0.0e+0", CultureInfo.InvariantCulture);

    public static int Number(string? text, int otherwise) =>
        text is null ? otherwise : int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
