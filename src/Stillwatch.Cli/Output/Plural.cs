using System.Globalization;

namespace Stillwatch.Cli.Output;

/// <summary>Counts of things as people write them.</summary>
internal static class Plural
{
    /// <summary>"1 fault", "2 faults", "1,234 policies".</summary>
    /// <param name="count">How many.</param>
    /// <param name="one">The word for one.</param>
    /// <param name="many">The word for more; null for the first with an s.</param>
    public static string Of(int count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {(count == 1 ? one : many ?? $"{one}s")}");
}
